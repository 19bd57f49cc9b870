"""All settings, in one file. Tools import it with an empty environment."""

from __future__ import annotations

from pathlib import Path

from taizhang.config.environment import (
    PRODUCTION,
    data_folder,
    database,
    field_keys,
    given,
    kept_secret,
    mail,
    number,
    one_of,
    sign_on,
    storages,
    told,
    webhook,
)
from taizhang.web.served.files import fingerprint, kept

ROOT = Path(__file__).resolve().parents[2]
DATA = data_folder(ROOT / "var")
DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = told("TAIZHANG_SECRET_KEY", "") or kept_secret(DATA, "session.key", 32)
FIELD_KEYS = field_keys(told("TAIZHANG_FIELD_KEY", "") or kept_secret(DATA, "field.key", 32))
"""The first seals; the others only open what was sealed before the key was changed."""
FIELD_CIPHER = one_of("TAIZHANG_CIPHER", ("aes", "sm4"))
DEBUG = False
ALLOWED_HOSTS = told("TAIZHANG_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in given("TAIZHANG_ORIGINS").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_htmx",
    "template_partials",
    "taizhang.kernel",
    "taizhang.orgs",
    "taizhang.web",
    "taizhang.ledgers",
    "taizhang.checks",
    "taizhang.inspection",
    "taizhang.intake",
    "taizhang.papers",
    "taizhang.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "taizhang.web.served.middleware.static_files",
    "taizhang.web.middleware.content_security",
    "taizhang.web.middleware.staying",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "taizhang.web.middleware.Acting",
]
ROOT_URLCONF = "taizhang.config.urls"
WSGI_APPLICATION = "taizhang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["taizhang.config.broken_lines.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["taizhang.web.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "taizhang.config.navigation.menu",
            ],
        },
    }
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "orgs.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "taizhang.orgs.passwords.ByTheRules"},
]
globals().update(mail())
DEFAULT_FROM_EMAIL = given("TAIZHANG_MAIL_FROM", "taizhang@localhost")
WEBHOOK = webhook()
"""Where a group of a messenger is told in numbers; empty for nowhere."""
SIGN_ON = sign_on()
"""The other way in; its kind is empty where there is none."""
LOGIN_URL = "web:login"
LOGIN_REDIRECT_URL = "web:home"
PROXIES = number("TAIZHANG_PROXIES")
"""How many proxies of our own stand before the site."""
WORKER = one_of("TAIZHANG_WORKER", ("here", "apart"))
"""Who does what outlives a request: a thread of the site itself, or only `taizhang worker`."""
SESSION_ENGINE = "taizhang.kernel.db.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION and PROXIES else None
SECURE_SSL_REDIRECT = PRODUCTION and PROXIES > 0
SECURE_REDIRECT_EXEMPT = ["^healthy/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
CSRF_FAILURE_VIEW = "taizhang.web.views.csrf_failure"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"

STATIC_URL = f"/static/{fingerprint(kept())}/"
"""Where styles and scripts of this version lie; another version has another address."""
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    **storages(DATA),
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
