import os

import pytest

from script import ScriptError
from script.environment import demo_environment, kept_secret, refuse_database_url


class TestKeptSecret:
    def test_made_once_and_private(self, tmp_path):
        path = tmp_path / "new" / "secret-key"
        first = kept_secret(path)
        assert len(first) >= 50
        assert kept_secret(path) == first
        assert path.stat().st_mode & 0o777 == 0o600
        assert [p.name for p in path.parent.iterdir()] == ["secret-key"]

    def test_half_a_secret_is_refused(self, tmp_path):
        (tmp_path / "secret-key").write_text("abc")
        with pytest.raises(ScriptError, match="remove it"):
            kept_secret(tmp_path / "secret-key")

    def test_what_cannot_be_read_is_told(self, tmp_path):
        (tmp_path / "secret-key").mkdir()
        with pytest.raises(ScriptError, match="cannot be read or made"):
            kept_secret(tmp_path / "secret-key")


def test_the_demo_gets_no_setting_of_a_real_installation(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://real.example.org")
    monkeypatch.setenv("SECRET_KEY", "real")
    monkeypatch.setenv("COUNCIL_NAME", "Our County Council")
    env = demo_environment("postgres://u@h/n", SITE_URL="http://127.0.0.1:8001")
    assert "EMAIL_URL" not in env
    assert env["SECRET_KEY"] != "real"
    assert env["COUNCIL_NAME"] == "Our County Council"
    assert env["SITE_URL"] == "http://127.0.0.1:8001"
    assert env["DATABASE_URL"] == "postgres://u@h/n"
    assert env["PATH"] == os.environ["PATH"]


def test_a_database_of_ones_own_is_left_alone(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://u@h/n")
    with pytest.raises(ScriptError, match="unset DATABASE_URL"):
        refuse_database_url()
