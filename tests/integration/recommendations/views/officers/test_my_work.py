"""An officer's first page: what is asked, returned and late."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.actions import reviews, target_dates, updates
from tests.clients import signed_in


class TestMyWork:
    def test_nothing_to_do_says_so(self, cast):
        page = signed_in(cast.pat).get(reverse("my_work"))
        assert "No committee is waiting for an update from you" in page.content.decode()

    def test_it_shows_what_is_asked_returned_and_late(self, cast):
        import datetime as dt

        late = cast.assignment(first_target_on=dt.date(2026, 1, 2))
        reviews.open_review(
            by=cast.sam, committee=cast.committee, title="Winter review", due_on=dt.date(2026, 1, 22)
        )
        update = cast.submitted(late)
        updates.return_update(by=cast.ada, update=update, reason="Name the schools")
        page = signed_in(cast.olive).get(reverse("my_work")).content.decode()
        for said in ("Winter review", "due in 10 days", "10 days late", "Name the schools"):
            assert said in page

    def test_what_is_begun_is_not_offered_to_be_begun_again(self, cast):
        mine = [cast.assignment() for _ in range(4)]
        reviews.open_review(by=cast.sam, committee=cast.committee, title="Review", due_on=dt.date(2026, 2, 2))
        cast.submitted(mine[0])
        updates.start_update(by=cast.olive, assignment=mine[1])
        page = signed_in(cast.olive).get(reverse("my_work")).content.decode()
        asked = page.split('id="asked"')[1].split("</section>")[0]
        assert asked.count("The update waits for approval.") == 1
        assert asked.count("Carry on<") == 1
        assert asked.count("Log an update<") == 2
        assert "Review asks you for 3 updates" in page

    def test_the_same_queries_for_one_row_and_for_twenty(self, cast):
        import datetime as dt

        def count() -> int:
            client = signed_in(cast.olive)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(reverse("my_work")).status_code == 200
            return len(queries)

        def work(how_many: int) -> None:
            for _ in range(how_many):
                one = cast.assignment(first_target_on=dt.date(2026, 1, 2))
                cast.published(one)
                target_dates.request_new_date(
                    by=cast.olive, assignment=one, new_date=dt.date(2026, 8, 1), reason="Contractor"
                )
                cast.draft(one)
                updates.return_update(
                    by=cast.ada, update=cast.submitted(cast.assignment()), reason="Name them"
                )
                cast.submitted(cast.assignment())
            reviews.open_review(
                by=cast.sam, committee=cast.committee, title=f"R{how_many}", due_on=dt.date(2026, 1, 22)
            )

        work(1)
        before = count()
        work(6)
        assert count() == before <= 24

    def test_a_show_or_body_that_is_not_there_is_ignored(self, cast):
        assert signed_in(cast.olive).get("/my-work/?show=nothing&body=x&page=99").status_code == 200
        assert signed_in(cast.olive).get("/my-work/?show=open&page=99").status_code == 200
