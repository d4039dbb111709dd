import pytest
from django.core.exceptions import ImproperlyConfigured

from committee.env import Env


def problems(env: Env) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        env.finish()
    return str(caught.value)


def test_unset_and_empty_values_give_the_default():
    env = Env({"B": " "})
    assert env.text("A", "a") == "a"
    assert env.text("B", "b") == "b"
    assert env.flag("B", True) is True
    assert env.number("B", 3, least=1, most=5) == 3
    assert env.database_url("B") is None
    env.finish()


def test_every_problem_is_told_at_once():
    env = Env({"A": "maybe", "B": "7", "C": "red", "D": "xml"})
    env.flag("A", False)
    env.number("B", 3, least=1, most=5)
    env.colour("C", "#1d4f5c")
    env.choice("D", "json", ["json", "plain"])
    assert problems(env).splitlines() == [
        "A: write 1 or 0, not 'maybe'.",
        "B: write a whole number from 1 to 5, not '7'.",
        "C: write a colour as # and six hexadecimal digits, for example #1d4f5c, not 'red'.",
        "D: write one of json, plain, not 'xml'.",
    ]


@pytest.mark.parametrize(
    ("word", "meaning"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False)]
)
def test_flags(word, meaning):
    assert Env({"A": word}).flag("A", not meaning) is meaning


@pytest.mark.parametrize("value", ["-1", "1.5", "1e3", "٣", "0x1", "six"])
def test_numbers_are_plain_digits(value):
    env = Env({"A": value})
    assert env.number("A", 3, least=0, most=5000) == 3
    assert "A: write a whole number" in problems(env)


def test_text_is_one_line():
    env = Env({"A": "one\ntwo"})
    env.text("A")
    assert "one line" in problems(env)


def test_database_url_in_full():
    env = Env({"A": "postgresql://me:p%40ss%2Fword@db.example.org:5433/the%20name?sslmode=verify-full"})
    assert env.database_url("A") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "the name",
        "USER": "me",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": "5", "sslmode": "verify-full"},
    }
    env.finish()


def test_database_url_of_a_socket():
    found = Env({"A": "postgres:///tracker?host=/run/postgresql"}).database_url("A")
    assert found is not None
    assert (found["HOST"], found["NAME"], found["PASSWORD"]) == ("/run/postgresql", "tracker", "")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u:sesame@h/n", "only PostgreSQL"),
        ("sesame", "only PostgreSQL"),
        ("postgres://u:sesame@h", "name of the database"),
        ("postgres://u:sesame@h/", "name of the database"),
        ("postgres://u:sesame@h/a/b", "name of the database"),
        ("postgres://u:sesame@/n", "host is missing"),
        ("postgres://u:sesame@h:port/n", "cannot be read"),
        ("postgres://u:sesame@h:99999/n", "cannot be read"),
        ("postgres://u:ses#ame@h/n", "%XX"),
        ("postgres://u:ses/ame@h/n", "%XX"),
        ("postgres://u:sesame@h/n#x", "holds a #"),
        ("postgres://u:sesame@h/n?sslmode=yes", "sslmode is one of"),
        ("postgres://u:sesame@h/n?password=sesame", "not known"),
        ("postgres://u:sesame@h/n?connect_timeout=soon", "number of seconds"),
        ("postgres://u:sesame@[h/n", "cannot be read"),
    ],
)
def test_a_wrong_database_url_says_why_and_keeps_the_password(url, words):
    env = Env({"A": url})
    assert env.database_url("A") is None
    told = problems(env)
    assert words in told
    assert "postgres://user:password@host" in told
    assert "sesame" not in told
    assert "ses#ame" not in told


@pytest.mark.parametrize("value", ["short", "a" * 60, "abcabcabc" * 8])
def test_a_weak_secret_is_refused_unseen(value):
    env = Env({"A": value})
    assert env.secret("A") == ""
    told = problems(env)
    assert "easy to guess" in told
    assert value not in told


def test_email_urls():
    found = Env({"A": "smtp://me:p%40ss@mail.example.org"}).email_url("A")
    assert found is not None
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (587, True, False)
    assert found["EMAIL_HOST_PASSWORD"] == "p@ss"
    found = Env({"A": "smtps://mail.example.org"}).email_url("A")
    assert found is not None
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (465, False, True)
    found = Env({"A": "smtp://mail.example.org:25?tls=0"}).email_url("A")
    assert found is not None
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (25, False)


@pytest.mark.parametrize(
    "url", ["mail.example.org", "smtp://", "smtp://h:x", "smtp://u:sesame@h?ssl=1", "imap://h"]
)
def test_wrong_email_urls(url):
    env = Env({"A": url})
    assert env.email_url("A") is None
    assert "sesame" not in problems(env)


def test_bucket_urls():
    env = Env(
        {
            "A": "s3://bucket/some/where?endpoint=https://s3.example.org&region=eu",
            "B": "s3://key:secret@bucket",
        }
    )
    assert env.bucket_url("A") == {
        "bucket_name": "bucket",
        "location": "some/where",
        "endpoint_url": "https://s3.example.org",
        "region_name": "eu",
    }
    assert env.bucket_url("B") is None
    assert "AWS_SECRET_ACCESS_KEY" in problems(env)


@pytest.mark.parametrize(
    "url", ["tracker.example.org", "https://tracker.example.org/path", "ftp://x", "https://a b"]
)
def test_wrong_site_urls(url):
    env = Env({"A": url})
    env.site_url("A", "")
    assert "without a path" in problems(env)
