"""One settings file, driven by the environment; `docs/operators.md` explains every variable."""

import datetime as dt
import os
from pathlib import Path
from urllib.parse import quote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from js_asset import static_lazy
from whitenoise.compress import Compressor

from newsroom import __version__

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """The variable's value; without a default it has to be set, or the site refuses to start."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see docs/operators.md).")
    return value


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_bool(name: str) -> bool:
    return env(name, "0").lower() in {"1", "true", "yes", "on"}


def env_count(name: str, default: str = "0") -> int:
    value = env(name, default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} has to be a whole number, not {value!r}.")
    return int(value)


def env_choice(name: str, *choices: str) -> str:
    """The variable's value, one of these; the first where it is not set."""
    value = env(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} has to be {' or '.join(choices)}, not {value!r}.")
    return value


# The newsroom

SITE_URL = env("SITE_URL").rstrip("/")  # every absolute address starts with it
NEWSROOM_NAME = env("NEWSROOM_NAME", "Meridian")
gettext_noop = str  # as the catalogue's tools know it; Django's own asks for settings first
NEWSROOM_TAGLINE = env("NEWSROOM_TAGLINE", gettext_noop("Science diplomacy, on the record"))
NEWSROOM_TAGLINE_KO = env("NEWSROOM_TAGLINE_KO", "")  # the same on Korean pages
NEWSROOM_CONTACT = env("NEWSROOM_CONTACT", "")  # an e-mail address; shown only when set
NEWSROOM_LICENCE = env("NEWSROOM_LICENCE", "")  # address of the licence that others may republish texts under, if any
PAGE_CACHE_MB = env_count("PAGE_CACHE_MB", "64")  # of whole public answers, in each process; 0 keeps none
RELEASE = env("RELEASE", __version__)  # part of every ETag: a new release invalidates what clients keep
AUTOSAVE = env("AUTOSAVE", "1").lower() not in {"0", "false", "no", "off"}  # of what is being typed at the desk
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var")))

_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    raise ImproperlyConfigured("SITE_URL has to be an absolute http or https address.")
if _site.path or _site.query or _site.fragment:
    raise ImproperlyConfigured("SITE_URL has to end with its host or port: no path after it.")
IS_HTTPS = _site.scheme == "https"
PROXY_COUNT = env_count("PROXY_COUNT")  # proxies of our own before us, whose X-Forwarded headers we believe

# Django

SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
DEBUG = env_bool("DEBUG")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", _site.hostname)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6 does so by itself
AUTH_USER_MODEL = "newsroom.User"

INSTALLED_APPS = [
    "newsroom.desk",
    "newsroom.website",
    "newsroom.partners",
    "newsroom.articles",
    "newsroom.photos",
    "events",
    "people",
    "newsroom",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "newsroom.website.staticfiles.UsedStaticFilesConfig",
    "newsroom.desk.apps.DeskAdminConfig",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "django_prose_editor",
    "simple_history",
    "axes",
    "huey.contrib.djhuey",
]

MIDDLEWARE = [
    "newsroom.website.request_ids.RequestIdMiddleware",
    "newsroom.website.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.partners.manners.ApiMannersMiddleware",
    "newsroom.website.middleware.TickMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.website.middleware.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.website.methods.ReadOnlyPagesMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "newsroom.website.middleware.HeadETagMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["newsroom.website.lean_templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.website.context.site",
            ],
        },
    },
]

# Databases: SQLite is the embedded default and a production choice for one machine

SQLITE_OPTIONS = {
    # A deferred transaction that turns into a write fails at once under load, whatever the time-out.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
        "PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864;"
    ),
}
_database = env("DATABASE_URL", "") or f"sqlite:///{quote(str(DATA_DIR / 'newsroom.sqlite3'))}"
DATABASES = {"default": dj_database_url.parse(_database, conn_max_age=600, conn_health_checks=True)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    # What a page asks is answered before PostgreSQL has compiled it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

# Background work only sweeps what is due, so a lost task is done by the next sweep


def huey_queue(url: str) -> dict[str, object]:
    """Where tasks wait: in a file beside the database, or in PostgreSQL or Redis by address; or nowhere."""
    if url in {"", "immediate"}:
        DATA_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)  # huey opens its file when it is imported
        return {"huey_class": "huey.SqliteHuey", "filename": str(DATA_DIR / "queue.sqlite3"), "timeout": 20}
    if url.startswith(("postgres://", "postgresql://")):
        return {"huey_class": "huey.PostgresHuey", "dsn": url}
    return {"huey_class": "huey.RedisHuey", "url": url}


# Without a worker, as in the demo, "immediate" lets whoever asks for a task do it at once.
_queue = env("HUEY_URL", "")
HUEY = {"name": "newsroom", "immediate": _queue == "immediate", **huey_queue(_queue)}
DEVELOPS_IN_THREAD = _queue == "immediate"  # the versions of a picture take seconds, for which nobody waits

# Letters to colleagues: on the console until there is a server that takes them

EMAIL_HOST = env("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env_count("EMAIL_PORT", "587")
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
_encryption = env_choice("EMAIL_ENCRYPTION", "starttls", "tls", "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = _encryption == "starttls", _encryption == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", "") or NEWSROOM_CONTACT or f"desk@{_site.hostname}"

# Languages and time: UTC inside, the newsroom's zone outside; English without prefix, Korean under /ko/

USE_TZ = True
TIME_ZONE = env("NEWSROOM_TIME_ZONE", "Asia/Seoul")
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
FORMAT_MODULE_PATH = ["newsroom.formats"]
# django-countries has Korean names for `ko_KR` alone, which `ko` does not find.
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale", BASE_DIR / "newsroom" / "names_of_countries"]

# Files: originals are private, renditions public, and the two never share a root

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_MEDIA_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "newsroom.website.storage.StaticStorage"},
}
# What is compressed already, and source maps: the largest files, asked for by nobody but a developer.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "avif", "map"]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# Safety: what depends on https follows from SITE_URL

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "newsroom.desk.failures.stale_token"
SESSION_COOKIE_AGE = 43_200
X_FRAME_OPTIONS = "DENY"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False

# The names are those of Django 6, whose own middleware takes over one day (newsroom/website/headers.py).
CSP_NONCE = "'nonce'"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", CSP_NONCE],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
# The prose editor of the desk puts one <style> into the page; its hash changes with the editor's version,
# and a browser test says so.
SECURE_CSP_ADMIN = {
    **SECURE_CSP,
    "style-src": ["'self'", "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
}

# The prose editor's block for photographs in a story; what of a text is kept says `newsroom.markup`.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("desk/figures.js")], "extensions": {"Photograph": "newsroom.markup.clean"}}
]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
# By name and address together: by name alone, anybody could lock an editor out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "newsroom.website.visitors.client_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "newsroom.desk.failures.locked_out"

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["newsroom.partners.rendering.DocumentRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["newsroom.partners.permissions.ReadPublic"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "newsroom.partners.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": PROXY_COUNT,
}
API_PUBLIC_RATE = env_count("API_PUBLIC_RATE", "120")  # requests a minute without a key; 0 is no limit
API_DEPRECATED = env("API_DEPRECATED", "")  # two days, such as 2027-01-01/2028-01-01: when it begins, when v1 ends
WEBHOOKS_MAY_BE_LOCAL = env_bool("WEBHOOKS_MAY_BE_LOCAL")  # for trying them out on one machine, never for a site
SPECTACULAR_SETTINGS = {
    "TITLE": "Attaché partner API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {"PermissionEnum": "newsroom.models.Source.Permission"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "newsroom.website.request_ids.RequestIdFilter"}},
    "formatters": {
        "text": {"format": "%(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "newsroom.website.request_ids.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "json" if env("LOG_FORMAT", "text") == "json" else "text",
        }
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {"axes": {"level": "WARNING"}},
}
