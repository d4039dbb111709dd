"""The tracker's addresses, and a list of Django's own admin to measure a page of thirty rows against."""

from __future__ import annotations

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest
from django.urls import include, path

from recommendations.models import Recommendation


class Admin(AdminSite):
    """An admin for whoever has signed in: nobody has a right to one otherwise."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


class RecommendationAdmin(ModelAdmin[Recommendation]):
    """As many columns as a line of the preview has, and nothing else that would take time."""

    list_display = ("number", "reference", "heading", "inquiry", "priority", "published_on")
    list_select_related = ("inquiry",)
    list_per_page = 30

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Recommendation | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Recommendation | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Recommendation | None = None) -> bool:
        return True


site = Admin()
site.register(Recommendation, RecommendationAdmin)

urlpatterns = [path("bench/admin/", site.urls), path("", include("committee.urls"))]
