"""The campus as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

# Not a default: a test run has named its own settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "demo.campus.settings"
application = get_wsgi_application()
