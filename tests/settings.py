"""The newsroom's settings for the tests: their environment first, then what has to be quick or apart."""

import atexit
import os
import shutil
import tempfile

# Nothing of a developer's own environment but the database may change what a test sees.
for _name in (
    "ALLOWED_HOSTS",
    "API_DEPRECATED",
    "API_PUBLIC_RATE",
    "AUTOSAVE",
    "DATA_DIR",
    "DEBUG",
    "EMAIL_ENCRYPTION",
    "EMAIL_FROM",
    "EMAIL_HOST",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "EMAIL_PORT",
    "HUEY_URL",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "NEWSROOM_CONTACT",
    "NEWSROOM_LICENCE",
    "NEWSROOM_NAME",
    "NEWSROOM_TAGLINE",
    "NEWSROOM_TAGLINE_KO",
    "NEWSROOM_TIME_ZONE",
    "PROXY_COUNT",
    "RELEASE",
    "SECRET_KEY_FALLBACKS",
):
    os.environ.pop(_name, None)
os.environ["SITE_URL"] = "http://testserver"
os.environ["SECRET_KEY"] = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"

if "PYTEST_VERSION" in os.environ:  # the type checker reads these settings too, and never tidies up
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="attache-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import DATA_DIR, DATABASES, HUEY, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
HUEY = {**HUEY, "immediate": True}

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file as in production, so that WAL, locks and several connections are what they are there.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
