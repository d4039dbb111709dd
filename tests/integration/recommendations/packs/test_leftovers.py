"""Files that no pack names are cleared."""

from __future__ import annotations

import datetime as dt
import os
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from committee import clock
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
