from django.urls import URLPattern, URLResolver, path

from committee import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("ready", health.ready, name="ready"),
]

handler400 = "committee.errors.bad_request"
handler403 = "committee.errors.permission_denied"
handler404 = "committee.errors.page_not_found"
handler500 = "committee.errors.server_error"
