import pytest
from django.core.exceptions import ImproperlyConfigured

from committee.secret import kept_secret


def test_made_once_and_private(tmp_path):
    path = tmp_path / "new" / "secret-key"
    first = kept_secret(path)
    assert len(first) >= 50
    assert kept_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["secret-key"]


def test_half_a_secret_is_refused(tmp_path):
    (tmp_path / "secret-key").write_text("abc")
    with pytest.raises(ImproperlyConfigured, match="remove it"):
        kept_secret(tmp_path / "secret-key")


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "secret-key").mkdir()
    with pytest.raises(ImproperlyConfigured, match="cannot be read or made"):
        kept_secret(tmp_path / "secret-key")
