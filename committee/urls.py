from django.urls import URLPattern, URLResolver, include, path

from committee import branding, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
    path("branding.css", branding.stylesheet, name="branding_css"),
    path("accounts/", include("committee.accounts.urls")),
    path("", include("recommendations.urls")),
]

handler400 = "committee.errors.bad_request"
handler403 = "committee.errors.permission_denied"
handler404 = "committee.errors.page_not_found"
handler500 = "committee.errors.server_error"
