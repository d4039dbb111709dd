"""Settings of the recommendation tracker, read from the environment."""

import os
import sys
from pathlib import Path

import django_stubs_ext

from committee.database.cluster import Cluster

django_stubs_ext.monkeypatch()

TESTING = "pytest" in sys.modules
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ.get("SECRET_KEY", "skeleton")
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["*"]

COUNCIL_NAME = os.environ.get("COUNCIL_NAME", "Marlshire County Council")
COUNCIL_SHORT_NAME = os.environ.get("COUNCIL_SHORT_NAME", "Marlshire")
COUNCIL_COLOUR = os.environ.get("COUNCIL_COLOUR", "#1d4f5c")
COUNCIL_LOGO = os.environ.get("COUNCIL_LOGO", "")
PUBLIC_SITE = os.environ.get("PUBLIC_SITE", "1") == "1"

INSTALLED_APPS = [
    "committee",
    "committee.accounts",
    "recommendations",
    "pgtrigger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "committee.urls"
WSGI_APPLICATION = "committee.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DATABASES: dict[str, dict[str, object]] = {
    "default": {
        "ENGINE": "committee.database",
        "NAME": "tracker",
        "CLUSTER": Cluster(BASE_DIR / "var" / "postgres-test", durable=False)
        if TESTING
        else Cluster(BASE_DIR / "var" / "postgres"),
    }
}
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = BASE_DIR / "var" / "files"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
