"""xblock-sdk's workbench with our app: DJANGO_SETTINGS_MODULE=peer_xblock.settings.workbench.

For a look at the blocks while working on them. Whoever opens a page there is who the address says.
"""

from workbench.settings import *  # noqa: F403  a settings module takes over all of another
from workbench.settings import INSTALLED_APPS, MIDDLEWARE, WORKBENCH

INSTALLED_APPS = [*INSTALLED_APPS, "peer_xblock.apps.PeerXBlockConfig"]
MIDDLEWARE = [*MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
WORKBENCH = {
    **WORKBENCH,
    "services": {
        **WORKBENCH["services"],
        "user": "peer_xblock.platform.workbench.Users",
        "i18n": "peer_xblock.platform.workbench.Translations",
    },
}
LANGUAGES = [("en", "English"), ("fr", "Français")]
LMS_ROOT_URL = "http://127.0.0.1:8000"

PEER_HOST = "peer_xblock.platform.plain"
PEER_SECRET_KEYS: list[str] = []
PEER_NUDGE = False
