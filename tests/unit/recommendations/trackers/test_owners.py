"""Owners: parted only where each side looks like one, asked where it can't be told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.trackers.owner_looks import KnownOwners, Look, look
from recommendations.trackers.owners import owner_key, read_owner_heading, read_owners
from recommendations.trackers.questions import Answers
from tests.growth import PIECES, grows_too_fast

ONE = [
    "Cabinet",
    "Cabinet Member for Homes",
    "Health and Safety Executive",
    "Devon and Cornwall Police",
    "Brighton and Hove City Council",
    "Department for Culture, Media and Sport",
    "Tees, Esk and Wear Valley NHS Foundation Trust",
    "Bath and North East Somerset Council",
    "Ministry of Housing, Communities and Local Government",
    "Police and Crime Commissioner",
    "Overview and Scrutiny Committee",
    "Highmere and Lowmere Partnership Board",
    "NHS Kent and Medway",
    "Head of Housing and Property",
    "Head of Legal and Democratic Services",
    "Head of Highways, Parks and Streets",
    "Cabinet Member for Children and Young People",
    "Parks and Highways Manager",
    "Assistant Director - Housing",
    "Head of Service (Adults)",
    "Adult Social Care",
]


@pytest.mark.parametrize("words", ONE)
def test_one_owner(words: str) -> None:
    owners = read_owners(words)
    assert (owners.names, owners.read.question) == ((words,), None)


SEVERAL = {
    "Parish of Lowmere; Head of Highways": ("Parish of Lowmere", "Head of Highways"),
    "Highmere NHS Trust, Cabinet Member for Care": ("Highmere NHS Trust", "Cabinet Member for Care"),
    "Cabinet Member for Streets with Lowmere Beach Ltd": ("Cabinet Member for Streets", "Lowmere Beach Ltd"),
    "Highmere Fire and Rescue Service and the Drainage Board": (
        "Highmere Fire and Rescue Service",
        "Drainage Board",
    ),
    "Tees, Esk and Wear Valley NHS Foundation Trust and Cabinet": (
        "Tees, Esk and Wear Valley NHS Foundation Trust",
        "Cabinet",
    ),
    "Head of Housing and Head of Property": ("Head of Housing", "Head of Property"),
    "Lead: Head of Parks. Support: Parks Officer": ("Head of Parks", "Parks Officer"),
    "Head of Parks (vacant); Waste Manager (post vacant)": ("Head of Parks", "Waste Manager"),
    "Cabinet Member for Finance, Property and Procurement, Head of Estates": (
        "Cabinet Member for Finance, Property and Procurement",
        "Head of Estates",
    ),
    "County Council, Highmere Learning Trust, schools": (
        "County Council",
        "Highmere Learning Trust",
        "schools",
    ),
    "Cabinet Member for Homes / Head of Housing": ("Cabinet Member for Homes", "Head of Housing"),
    "Lead Member: Cabinet Member for Homes; Lead Officer: Head of Housing": (
        "Cabinet Member for Homes",
        "Head of Housing",
    ),
    "Cabinet\nHead of Housing": ("Cabinet", "Head of Housing"),
    "• Cabinet\n• Head of Housing": ("Cabinet", "Head of Housing"),
    "Director of\nHousing": ("Director of Housing",),
    "Council/Cabinet": ("Council", "Cabinet"),
    "Highmere Council (lead), Lowmere Council": ("Highmere Council", "Lowmere Council"),
    "Cabinet; Cabinet": ("Cabinet",),
    "The Cabinet": ("Cabinet",),
}


@pytest.mark.parametrize("words", SEVERAL)
def test_several_owners(words: str) -> None:
    owners = read_owners(words)
    assert (owners.names, owners.read.question) == (SEVERAL[words], None)


ASKED = ["Housing and Planning", "DM/PL/KL", "DM", "All", "Cllr Jane Example", "J. Invented", "Sarah Jones", "Chief Executive, Highmere NHS Trust", "Director of Nursing, Highmere NHS Trust", "A12", "see file", "Cabinet Members for Finance and Homes", "Children's Services and Public Health", "Cllr Jane Example / Head of Highways"]  # fmt: skip


@pytest.mark.parametrize("words", ASKED)
def test_what_can_t_be_told_is_asked(words: str) -> None:
    question = read_owners(words).read.question
    assert question
    assert question.key == owner_key(words)
    said = Answers({question.key: ["Head of Highways"]})
    assert read_owners(words, answers=said).names == ("Head of Highways",)


@pytest.mark.parametrize("words", ["", "-", "TBC", "N/A", "To be confirmed", "vacant"])
def test_nobody(words: str) -> None:
    owners = read_owners(words)
    assert (owners.names, owners.read.question) == ((), None)


PEOPLE = {
    "Jane Example, Head of Highways": "Head of Highways",
    "Head of Highways - Jane Example": "Head of Highways",
    "Head of Highways (Jane Example)": "Head of Highways",
    "Cllr Jane Example (Cabinet Member for Homes)": "Cabinet Member for Homes",
    "Cabinet Member for Homes (Cllr Jane Example)": "Cabinet Member for Homes",
    "Head of Highways\nJane Example": "Head of Highways",
    "Jane Example\nHead of Highways": "Head of Highways",
}


@pytest.mark.parametrize("words", PEOPLE)
def test_a_person_beside_a_post_is_pointed_out_and_the_post_kept(words: str) -> None:
    owners = read_owners(words)
    assert (owners.names, owners.read.question) == ((PEOPLE[words],), None)
    assert "Jane Example" in owners.read.notices[0]


def test_people_are_known_by_their_posts() -> None:
    known = KnownOwners.of(people={"Jane Example": "Head of Highways"})
    owners = read_owners("Jane Example", known)
    assert (owners.names, owners.read.question) == (("Head of Highways",), None)


def test_known_names_come_first() -> None:
    known = KnownOwners.of(["Streets and Parks", "Ferries", "Lowmere & Highmere Ltd and Sons"])
    assert read_owners("Streets and Parks and Ferries", known).names == ("Streets and Parks", "Ferries")
    assert read_owners("Streets & Parks, Ferries", known).names == ("Streets & Parks", "Ferries")
    assert read_owners("Streets and Parks").read.question


def test_a_short_name_in_brackets() -> None:
    owners = read_owners("Welsh Ambulance Service Trust (WAST)")
    assert owners.names == ("Welsh Ambulance Service Trust",)
    assert owners.short_names == {"WAST": "Welsh Ambulance Service Trust"}
    both = read_owners("Cabinet and Highmere Harbour Trust (HHT)")
    assert (both.names, both.short_names) == (
        ("Cabinet", "Highmere Harbour Trust"),
        {"HHT": "Highmere Harbour Trust"},
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("The Cabinet is recommended:", ("Cabinet",)),
        (
            "Highmere Fire and Rescue Service and the Drainage Board are recommended:",
            ("Highmere Fire and Rescue Service", "Drainage Board"),
        ),
        ("Recommendations to the Cabinet", ("Cabinet",)),
        ("To: Cabinet Member for Homes", ("Cabinet Member for Homes",)),
        ("What we heard", None),
        ("Recommendations for the future", None),
    ],
)
def test_a_line_over_a_group(line: str, names: tuple[str, ...] | None) -> None:
    owners = read_owner_heading(line)
    assert (owners and owners.names) == names


SURE = ["Cabinet", "Highmere County Council", "Head of Highways", "Cabinet Member for Homes", "Highmere NHS Trust", "Lowmere Beach Ltd", "Devon and Cornwall Police", "Head of Housing and Property", "Waste Partnership", "Director of Public Health", "Cabinet Member for Children and Families", "Tees, Esk and Wear Valley NHS Foundation Trust", "Highmere Safeguarding Children Board"]  # fmt: skip


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(SURE), min_size=1, max_size=4, unique=True),
    st.sampled_from(["; ", "\n", " / ", ", ", " and ", " & ", " with ", "/"]),
)
def test_joined_owners_are_parted_or_asked(names: list[str], joint: str) -> None:
    owners = read_owners(joint.join(names))
    if owners.read.question is None:
        assert list(owners.names) == names
    # A post before a body and a comma may be one owner; "Head of Housing and Property and Waste Partnership" two in two ways.
    may_be_otherwise = joint == ", " or "Waste Partnership" in names
    assert owners.read.question is None or may_be_otherwise


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_any_text_is_read(words: str) -> None:
    read_owners(words)
    read_owner_heading(words)


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    assert grows_too_fast(read_owners, piece, 10_000) == ""


def test_looks() -> None:
    looks = {
        "Head of Highways": Look.POST,
        "Highmere Council": Look.BODY,
        "Cllr Jane Example": Look.PERSON,
        "DM": Look.INITIALS,
        "Legal Services": Look.SERVICE,
        "Devon": Look.NOTHING,
        "NHS": Look.KNOWN,
        "Chief Executive": Look.POST,
    }
    assert {name: look(name) for name in looks} == looks


@pytest.mark.parametrize(
    "words",
    [
        "Parks & Leisure Services, Monitoring Officer",
        "Housing Options Team, Harbour Partnership",
        "Group Manager Ports, Leader of the Council",
    ],
)
def test_several_owners_are_never_read_as_one_by_the_end_of_the_last(words: str) -> None:
    read = read_owners(words).read
    assert read.question or len(read.value or ()) == 2


def test_one_owner_supports_another() -> None:
    read = read_owners("Head of Ports with support from the Monitoring Officer").read
    assert (read.value, read.question) == (("Head of Ports", "Monitoring Officer"), None)
