"""Every address of the tracker, grouped by audience. The comment above a group gives its prefix."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

# the public: /
PUBLIC: list[URLPattern | URLResolver] = []

# responsible officers and approvers: /my-work/ /assignments/ /updates/ /approvals/
OFFICERS: list[URLPattern | URLResolver] = []

# councillors: /dashboard/ /assess/
COUNCILLORS: list[URLPattern | URLResolver] = []

# scrutiny officers: /workspace/
SCRUTINY: list[URLPattern | URLResolver] = []

# clerks: /meetings/ /packs/
CLERKS: list[URLPattern | URLResolver] = []

# administrators: /administration/
ADMINISTRATION: list[URLPattern | URLResolver] = []

urlpatterns = [*PUBLIC, *OFFICERS, *COUNCILLORS, *SCRUTINY, *CLERKS, *ADMINISTRATION]
