"""Settings are read in a process of their own, as a server reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks

ROOT = Path(__file__).resolve().parent.parent.parent
LONG_KEY = "".join(f"{number:x}" for number in range(40))


def run(code: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": LONG_KEY, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def read(names: str, tmp_path: Path, **environment: str) -> list[object]:
    code = f"import json; from newsroom import settings as s; print(json.dumps([{names}], default=str))"
    done = run(code, tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(tmp_path: Path, **environment: str) -> str:
    done = run("import newsroom.settings", tmp_path, **environment)
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1].partition("ImproperlyConfigured: ")[2]


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "Set the environment variable SITE_URL (see docs/operators.md)."),
        ({"SITE_URL": "newsroom.example"}, "SITE_URL has to be an absolute http or https address."),
        ({"SITE_URL": "ftp://newsroom.example"}, "SITE_URL has to be an absolute http or https address."),
        (
            {"SITE_URL": "https://example.org/news"},
            "SITE_URL has to end with its host or port: no path after it.",
        ),
        (
            {"SITE_URL": "https://newsroom.example", "PROXY_COUNT": "one"},
            "PROXY_COUNT has to be a whole number, not 'one'.",
        ),
    ],
)
def test_start_without_what_it_needs_names_the_variable(
    tmp_path: Path, environment: dict[str, str], reason: str
) -> None:
    assert refusal(tmp_path, **environment) == reason


def test_https_address_asks_for_secure_cookies_and_redirects(tmp_path: Path) -> None:
    names = (
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS"
    )

    found = read(names, tmp_path, SITE_URL="https://newsroom.example:8443/")

    assert found == [
        True,
        63_072_000,
        True,
        True,
        "__Host-sessionid",
        "__Host-csrftoken",
        ["newsroom.example"],
        ["https://newsroom.example:8443"],
    ]


def test_http_address_works_without_encryption(tmp_path: Path) -> None:
    names = "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME"

    found = read(names, tmp_path, SITE_URL="http://127.0.0.1:8000")

    assert found == [False, 0, False, "sessionid"]


@pytest.mark.parametrize(("count", "believed"), [("0", None), ("1", ["HTTP_X_FORWARDED_PROTO", "https"])])
def test_forwarded_headers_are_believed_behind_a_proxy_only(tmp_path: Path, count: str, believed: object) -> None:
    found = read("s.SECURE_PROXY_SSL_HEADER", tmp_path, SITE_URL="https://newsroom.example", PROXY_COUNT=count)

    assert found == [believed]


def test_sqlite_takes_the_write_lock_first(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c"
    names = 's.DATABASES["default"]["NAME"], s.DATABASES["default"]["OPTIONS"]["transaction_mode"]'

    found = read(names, tmp_path, SITE_URL="http://127.0.0.1:8000", DATA_DIR=str(folder), DATABASE_URL="")

    assert found == [str(folder / "newsroom.sqlite3"), "IMMEDIATE"]


def test_postgres_compiles_no_questions_and_gets_none_of_the_options_of_sqlite(tmp_path: Path) -> None:
    names = 's.DATABASES["default"]["ENGINE"], s.DATABASES["default"].get("OPTIONS", {})'

    found = read(names, tmp_path, SITE_URL="http://127.0.0.1:8000", DATABASE_URL="postgres://desk@db/news")

    assert found == ["django.db.backends.postgresql", {"options": "-c jit=off"}]


@pytest.mark.parametrize(
    ("url", "store"),
    [
        ("", "huey.SqliteHuey"),
        ("postgresql://desk@db/news", "huey.PostgresHuey"),
        ("redis://cache:6379/1", "huey.RedisHuey"),
    ],
)
def test_tasks_wait_where_the_address_says(tmp_path: Path, url: str, store: str) -> None:
    found = read('s.HUEY["huey_class"]', tmp_path, SITE_URL="http://127.0.0.1:8000", HUEY_URL=url)

    assert found == [store]


def test_letters_are_printed_until_there_is_a_server(tmp_path: Path) -> None:
    found = read("s.EMAIL_BACKEND, s.DEFAULT_FROM_EMAIL", tmp_path, SITE_URL="https://newsroom.example:8443")

    assert found == ["django.core.mail.backends.console.EmailBackend", "desk@newsroom.example"]


@pytest.mark.parametrize(
    ("encryption", "port", "expected"),
    [({}, {}, [587, True, False]), ({"EMAIL_ENCRYPTION": "tls"}, {"EMAIL_PORT": "465"}, [465, False, True])],
)
def test_mail_server_is_spoken_to_in_secret(
    tmp_path: Path, encryption: dict[str, str], port: dict[str, str], expected: list[object]
) -> None:
    names = "s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL"

    found = read(names, tmp_path, SITE_URL="https://newsroom.example", EMAIL_HOST="mail.example", **encryption, **port)

    assert found == expected


def test_unknown_encryption_is_refused(tmp_path: Path) -> None:
    reason = refusal(tmp_path, SITE_URL="https://newsroom.example", EMAIL_ENCRYPTION="ssl")

    assert reason == "EMAIL_ENCRYPTION has to be starttls or tls or none, not 'ssl'."


def test_check_for_deployment_finds_nothing_under_https(tmp_path: Path) -> None:
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings';"
        "from django.core.management import execute_from_command_line as manage;"
        "manage(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )

    done = run(code, tmp_path, SITE_URL="https://newsroom.example")

    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


def test_migrations_hold_every_field_of_the_models(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # leaves with 1 when one is missing


def test_set_up_of_the_tests_is_sound() -> None:
    assert run_checks() == []
