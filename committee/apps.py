from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "committee"
    verbose_name = "The site"
    default_auto_field = "django.db.models.BigAutoField"
