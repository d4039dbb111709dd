"""What runs in the background worker."""

from __future__ import annotations

from django_tasks import task

from recommendations.notices import send
from recommendations.packs.build import build
from recommendations.packs.recover import clear_files


@task()
def build_pack(pack_id: int) -> str:
    """Make a pack that waits. Returns the state it is in afterwards."""
    return build(pack_id)


@task()
def send_notices() -> str:
    """Tell people what is new for them. Returns in words what was done."""
    return send.send_notices().words


@task()
def clear_pack_files() -> int:
    """Remove files of packs that no pack names. Returns how many."""
    return len(clear_files())
