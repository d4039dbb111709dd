"""Files that no pack names are cleared."""

from __future__ import annotations

import datetime as dt
import os
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from committee import clock
from recommendations.actions import evidence
from recommendations.models import Pack
from recommendations.packs.leftovers import clear_files
from tests.factories import Cast
from tests.integration.recommendations.packs.helpers import made


class TestLeftovers:
    def test_files_that_no_pack_names_are_cleared_when_they_are_old(
        self, cast: Cast, draft: Pack, quick: None
    ) -> None:
        kept = str(made(cast, draft).pdf.name)
        names = [f"packs/{pack}-{uuid4().hex}.pdf" for pack in (1, 2)]
        old, young = (default_storage.save(name, ContentFile(b"half")) for name in names)
        foreign = default_storage.save(f"packs/logo-{uuid4().hex}.png", ContentFile(b"not ours"))
        past = (clock.now() - dt.timedelta(days=900)).timestamp()
        for name in (old, kept, foreign):
            os.utime(default_storage.path(name), (past, past))
        assert old in clear_files(dry_run=True)
        assert default_storage.exists(old)
        cleared = clear_files()
        assert old in cleared
        assert not default_storage.exists(old)
        assert all(default_storage.exists(name) for name in (young, kept, foreign))

    def test_files_of_evidence_and_half_written_ones(self, cast: Cast) -> None:
        assignment = cast.assignment()
        kept = (
            evidence.add_evidence(
                by=cast.olive,
                update=cast.draft(assignment),
                title="Photo",
                file=ContentFile(b"words", name="a.txt"),
            ).file.name
            or ""
        )
        digest = "ab" + "0" * 62
        orphan, young, foreign, half, half_pack = (
            default_storage.save(name, ContentFile(b"half"))
            for name in (
                f"evidence/ab/{digest}",
                f"evidence/ab/{digest}",
                "evidence/ab/readme.txt",
                f"evidence/ab/{digest}.0123456789abcdef.partial",
                f"packs/1-{uuid4().hex}.pdf.0123456789abcdef.partial",
            )
        )
        past = (clock.now() - dt.timedelta(days=900)).timestamp()
        for name in (kept, orphan, foreign, half, half_pack):
            os.utime(default_storage.path(name), (past, past))
        assert set(clear_files()) == {orphan, half, half_pack}
        assert all(default_storage.exists(name) for name in (kept, young, foreign))
