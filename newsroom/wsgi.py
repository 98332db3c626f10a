"""Where a WSGI server finds the newsroom: Django, behind the cache of whole public answers."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django = get_wsgi_application()

from newsroom.website.page_cache import PageCache  # noqa: E402  its imports need the apps that Django has now loaded

application = PageCache(django, settings.PAGE_CACHE_MB * 1_000_000)

# What is loaded by now stays: whoever asks just when Python looks for rubbish among all of it waits 0.1 s longer.
gc.collect()
gc.freeze()
