"""Where an ASGI server finds the newsroom; every view is synchronous, so WSGI serves it better."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
