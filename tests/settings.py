"""The newsroom's settings for the tests: their environment first, then what has to be quick or apart."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="attache-tests-"))
atexit.register(shutil.rmtree, _data, ignore_errors=True)

# Nothing of a developer's own environment but the database may change what a test sees.
_environment = {
    "SITE_URL": "http://testserver",
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATA_DIR": str(_data),
}
_known = {
    "ALLOWED_HOSTS",
    "DEBUG",
    "HUEY_URL",
    "LOG_LEVEL",
    "NEWSROOM_CONTACT",
    "NEWSROOM_NAME",
    "NEWSROOM_TAGLINE",
    "NEWSROOM_TIME_ZONE",
    "PROXY_COUNT",
    "RELEASE",
    "SECRET_KEY_FALLBACKS",
}
for _name in _known:
    os.environ.pop(_name, None)
os.environ.update(_environment)

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import DATABASES, HUEY, STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
HUEY = {**HUEY, "immediate": True}
STATIC_ROOT.mkdir()

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file as in production, so that WAL, locks and several connections are what they are there.
    DATABASES["default"]["TEST"] = {"NAME": str(_data / "test.sqlite3")}
