"""The web application: finished public pages from memory, everything else from Django."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

from splot.core.pagecache import PageCache  # noqa: E402  (reads the settings, so after the set-up)

application = PageCache(django_application)

# What lives as long as the server need not be searched for rubbish again and again while pages are
# made.
gc.collect()
gc.freeze()
