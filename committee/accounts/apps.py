from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "committee.accounts"
    label = "accounts"
    verbose_name = "People and sign-in"
    default_auto_field = "django.db.models.BigAutoField"
