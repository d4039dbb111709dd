"""What runs in the background worker."""

from __future__ import annotations

from django_tasks import task

from recommendations.packs.build import build


@task()
def build_pack(pack_id: int) -> str:
    """Make a pack that waits. Returns the state it is in afterwards."""
    return build(pack_id)
