"""What looks like one name of an owner and may be several is asked."""

import pytest

from recommendations.trackers.owners import read_owners


@pytest.mark.parametrize(
    "words",
    [
        "Chief Executive, Parks & Leisure Services",
        "Deputy Chief Executive, Human Resources",
        "Cabinet Member for Adult Social Care and Health, Parks & Leisure Services",
        "Public Protection with support from Licensing Committee",
        "Portfolio Holder for Environment with support from Waste and Recycling Manager",
        "Head of Housing, Waste and Recycling Manager",
        "Deputy Chief Executive and Adult Social Care",
        "Leader of the Council and Adult Social Care",
        "Adult Social Care and Community Safety Partnership",
        "Cabinet Member for Finance and Economic Development Team",
        "Group Manager Parking Services and Commissioning Lead (Mental Health)",
        "Group Manager Parking Services - J. Halloran",
        "J. Halloran (Children and Families Directorate)",
        "Head of Service - Libraries and Community Safety Partnership",
        "Human Resources, Planning Policy Team Leader",
        "Executive Director: People, Highways",
        "Head of Housing and Group Manager Parking Services",
        "Head of Housing and Strategic Lead SEND",
    ],
)
def test_what_may_be_several_is_asked(words):
    assert read_owners(words).read.question is not None


@pytest.mark.parametrize(
    "words",
    [
        "Head of Housing and Property",
        "Parks and Highways Manager",
        "Cabinet Member for Culture, Leisure and Tourism",
        "Portfolio Holder for Environment and Adult Social Care",
        "Devon and Cornwall Police",
        "Tern, Ousel and Wren Valleys NHS Trust",
        "Director of Housing and Customer Services",
    ],
)
def test_one_name_with_a_mark_in_it_is_not_asked(words):
    read = read_owners(words).read
    assert (read.value, read.question) == ((words,), None)
