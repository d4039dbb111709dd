"""Settings of the recommendation tracker, read from the environment. docs/operators.md has them all in one table.

An installation refuses to start without its own database, secret and address. With DEMO=1 it is the demonstration, which
script/demo starts on this machine only.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext

from committee import log_config
from committee.env import Env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

# Tests, and mypy that reads the settings too, give the same result whatever this machine's environment says. Only the
# database is theirs to choose; tests/conftest.py starts one when nobody has chosen.
TESTING = not {"pytest", "mypy"}.isdisjoint(sys.modules)
_for_tests = {
    "DATABASE_URL": os.environ.get("DATABASE_URL") or "postgres://localhost/tracker",
    "DEMO": "1",
    "REQUIRE_ADMIN_MFA": "0",
    "SECRET_KEY": "only for tests: nothing real is signed with it",
    "SITE_URL": "http://127.0.0.1:8000",
}
env = Env(_for_tests if TESTING else os.environ)

# The installation ----------------------------------------------------------------------------------------------------

_database = env.database_url("DATABASE_URL")
# Only `manage.py migrate` connects as the role that owns the tables.
DATABASE_OWNER = env.database_url("DATABASE_OWNER_URL")
_no_database = _database is None and not env.problems
DEMO = env.flag("DEMO", default=False)
DEBUG = env.flag("DEBUG", default=False)
SITE_URL = env.site_url("SITE_URL", default="")
_site = urlsplit(SITE_URL)
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("OLD_SECRET_KEYS", default=[])
if _no_database:
    # The only complaint: whoever has no database has most likely only forgotten which command brings one.
    env.problem(
        "DATABASE_URL: set it to the PostgreSQL server of this installation, or run the command on the demonstration's "
        "database: script/with-database .venv/bin/python manage.py ..."
    )
else:
    if not SECRET_KEY:
        env.problem(
            "SECRET_KEY: set it for a real installation, and keep it. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if not SITE_URL:
        env.problem("SITE_URL: set the address that people use, for example https://tracker.example.gov.uk.")
    if DEMO and _site.hostname not in {"127.0.0.1", "localhost"}:
        env.problem(
            "DEMO: it shows everybody's passwords and mail, so SITE_URL must be on this machine, such as http://127.0.0.1:8000."
        )

COUNCIL_NAME = env.text("COUNCIL_NAME", default="Marlshire County Council", longest=100)
COUNCIL_SHORT_NAME = env.text("COUNCIL_SHORT_NAME", default="Marlshire", longest=40)
COUNCIL_COLOUR = env.colour("COUNCIL_COLOUR", default="#1d4f5c")
COUNCIL_LOGO = env.text("COUNCIL_LOGO")
PUBLIC_SITE = env.flag("PUBLIC_SITE", default=True)

# The application -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "committee",
    "committee.accounts",
    "committee.audit",
    "recommendations",
    "pgtrigger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
MIDDLEWARE = [
    "committee.middleware.request_log",
    "committee.middleware.known_methods",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "committee.middleware.probes",
    "committee.middleware.upload_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "committee.middleware.private_pages",
    "committee.middleware.only_by_a_button",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "committee.accounts.middleware.second_step_for_administrators",
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
                "committee.branding.context",
            ],
        },
    },
]
FORM_RENDERER = "committee.forms.renderer.GovukFormRenderer"
# What the site asks of the application on it, by name, so that it imports nothing of it.
NAVIGATION = "recommendations.navigation.NAVIGATION"  # committee.branding.Entry, in the order shown
FOOTER = "recommendations.navigation.FOOTER"  # words and names of routes
LANDING_PAGE = "recommendations.landing.landing_page"  # a person's first page after sign-in
DEMONSTRATION_SIGN_INS = "recommendations.demo.people.demo_sign_ins"  # who, e-mail address, password
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# Database, and what is kept in it ------------------------------------------------------------------------------------

_keeping = env.number("DATABASE_KEEP_SECONDS", default=60, least=0, most=3600)
DATABASES: dict[str, dict[str, object]] = {
    "default": (_database or {}) | {"CONN_MAX_AGE": _keeping, "CONN_HEALTH_CHECKS": True}
}
# Sign-in is limited by counts that every process must share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {
            "MAX_ENTRIES": 50_000
        },  # above it a third is dropped: counts of tries, and where forms led
    }
}
TASKS = {"default": {"BACKEND": env.text("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend")}}

# How many processes lay out a pack at once; 0 takes as many as there are processors. Tests lay out in their own.
PACK_PROCESSES = env.number("PACK_PROCESSES", default=1 if TESTING else 0, least=0, most=64)

# Files ---------------------------------------------------------------------------------------------------------------

# Evidence, packs and uploaded trackers. They have no public address: views check the right, then send them.
FILES_BUCKET = env.bucket_url("FILES_URL")
MEDIA_ROOT = Path(env.text("FILES_DIRECTORY", default=str(VAR / ("files-test" if TESTING else "files"))))
MEDIA_URL = "/no-public-address/"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
_plain_static = DEBUG or TESTING
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = _plain_static
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": FILES_BUCKET
        | {"default_acl": "private", "querystring_auth": True, "file_overwrite": False},
    }
    if FILES_BUCKET
    else {"BACKEND": "committee.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _plain_static
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
EVIDENCE_LIMIT = env.number("EVIDENCE_MAX_MB", default=25, least=1, most=900) * 1024 * 1024
# A whole request: at least one piece of evidence and what is typed beside it.
UPLOAD_LIMIT = max(
    env.number("UPLOAD_LIMIT_MB", default=30, least=1, most=1000) * 1024 * 1024,
    EVIDENCE_LIMIT + 5 * 1024 * 1024,
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # what is typed; files are limited by UPLOAD_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Security ------------------------------------------------------------------------------------------------------------

SECURE = env.flag("SECURE", default=SITE_URL.startswith("https://"))
PROXIES = env.number("PROXIES", default=1 if SECURE else 0, least=0, most=10)
ALLOWED_HOSTS = [
    *([_site.hostname] if _site.hostname else []),
    *env.words("OTHER_HOSTS", default=[]),
    *(["127.0.0.1", "localhost", "[::1]"] if DEMO or DEBUG else []),
    *(["testserver"] if TESTING else []),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "committee.form_recovery.csrf_failure"
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", default=12, least=1, most=24 * 30) * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]  # asked for by probes on the machine itself
_hsts = env.number("HSTS_SECONDS", default=31_536_000, least=0, most=63_072_000)
SECURE_HSTS_SECONDS = _hsts if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS, the redirect and secure cookies follow SECURE; committee.checks asks for it
    "security.W005",  # other sites of the council share its domain
    "security.W008",
    "security.W012",
    "security.W016",
    "security.W021",
]
_nothing, _ourselves = ["'none'"], ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _nothing,
        "script-src": _ourselves,
        "style-src": _ourselves,
        "img-src": _ourselves,
        "font-src": _ourselves,
        "connect-src": _ourselves,
        "manifest-src": _ourselves,
        "form-action": _ourselves,
        "frame-ancestors": _nothing,
        "base-uri": _nothing,
        "object-src": _nothing,
    }
}

# Sign-in -------------------------------------------------------------------------------------------------------------

LOGIN_URL = "account_login"
AUTHENTICATION_BACKENDS = ["committee.accounts.backends.AccountsOnly"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"committee.accounts.passwords.{name}"} for name in ("LongEnough", "NotOnesOwnName", "NotCommon")
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the slow ones are Django's to test
REQUIRE_ADMIN_MFA = env.flag("REQUIRE_ADMIN_MFA", default=True)
ACCOUNT_ADAPTER = "committee.accounts.adapters.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a person reads by mail that their password or second step was changed
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody's address can be made to receive our mail
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators enter the addresses
ACCOUNT_FORMS = {
    "login": "committee.accounts.forms.SignInForm",
    "reset_password": "committee.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "committee.accounts.forms.NewPasswordForm",
    "change_password": "committee.accounts.forms.ChangePasswordForm",
    "set_password": "committee.accounts.forms.FirstPasswordForm",
    "reauthenticate": "committee.accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# A whole council may leave by one network address, so that only the limits of one account are narrow. An account's comes
# first: what it refuses does not count for the address.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "5/5m/key,600/5m/ip",
    "reset_password": "5/m/key,600/m/ip",
    "reset_password_from_key": "600/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_HOURS, however the person signed in
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "committee.accounts.adapters.SecondStepAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "committee.accounts.forms.SecondStepForm",
    "reauthenticate": "committee.accounts.forms.ConfirmCodeForm",
    "activate_totp": "committee.accounts.forms.ActivateAppForm",
    "add_webauthn": "committee.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "committee.accounts.forms.RenamePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = COUNCIL_SHORT_NAME
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute out
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SOCIALACCOUNT_ADAPTER = "committee.accounts.adapters.CouncilSignInAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # an account is found by its verified address, each time anew
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_NAME = env.text("OIDC_NAME", default="your council account", longest=60)
_oidc = {name: env.text(name) for name in ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")}
_oidc_domains = env.words("OIDC_EMAIL_DOMAINS", default=[])
OIDC = all(_oidc.values())
if any(_oidc.values()) and not OIDC:
    env.problem("OIDC_SERVER_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set all three, or none.")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": OIDC_NAME,
                "client_id": _oidc["OIDC_CLIENT_ID"],
                "secret": _oidc["OIDC_CLIENT_SECRET"],
                # Entra ID does not say that an address is verified: it is believed for these domains.
                "settings": {"server_url": _oidc["OIDC_SERVER_URL"], "verified_email": _oidc_domains},
            }
        ]
        if OIDC
        else [],
    }
}
if OIDC:  # a form that is sent on to the council's sign-in page must be allowed to go there
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [
        *_ourselves,
        "{0.scheme}://{0.netloc}".format(urlsplit(_oidc["OIDC_SERVER_URL"])),
    ]

# Mail ----------------------------------------------------------------------------------------------------------------

EMAIL = env.email_url("EMAIL_URL")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "EMAIL_FROM", default=f"no-reply@{_site.hostname or 'localhost'}", longest=200
)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # until EMAIL_URL is set
EMAIL_FILE_PATH = str(VAR / "mail")
globals().update(EMAIL or {})
EMAIL_TIMEOUT = 20  # seconds: a mail server that does not answer must not hold up the worker
NOTICES = env.flag("NOTICES", default=not TESTING)
GRACE_SECONDS = env.number("GRACE_SECONDS", default=0 if TESTING else 60, least=0, most=3600)
NOTICES_HOUR = env.number("NOTICES_HOUR", default=8, least=0, most=23)
NOTICES_ON_WORKING_DAYS_ONLY = env.flag("NOTICES_ON_WORKING_DAYS_ONLY", default=False)

# Log -----------------------------------------------------------------------------------------------------------------

LOG_FORMAT = env.choice("LOG_FORMAT", default="plain" if DEMO else "json", choices=["json", "plain"])
LOG_LEVEL = env.choice("LOG_LEVEL", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING_CONFIG = None  # Django's own would write to the console a second time
log_config.configure(LOG_FORMAT, LOG_LEVEL)

env.finish()
SETTING_NAMES = env.names  # what was read from the environment

# Withholding ---------------------------------------------------------------------------------------------------------

# By when a second person confirms what was taken off the record, or puts it back: working days after it was withheld.
WITHHOLDING_DECIDED_WITHIN_DAYS = env.number("WITHHOLDING_DECIDED_WITHIN_DAYS", default=5, least=1, most=60)
