"""What tests of the tables share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from committee.database_roles import grant_to_site
from script.postgres import SITE_ROLE
from tests.database_guards import run
from tests.factories import Cast


@pytest.fixture
def site_role(cast: Cast) -> Iterator[None]:
    """Act as the role that runs the site, once the test has made what it needs."""
    grant_to_site(connection, SITE_ROLE)
    yield
    run("RESET ROLE")
