"""What the server of test_guard.py serves: it says what it was told, and waits 2 seconds at most."""

import os
from wsgiref.types import StartResponse, WSGIEnvironment

import django
from django.conf import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
settings.PAGE_CACHE_BYTES = 0

from splot.core.pagecache import PageCache  # noqa: E402  (needs the applications)
from splot.serving.guard import Guard  # noqa: E402


def echo(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    if environ["REQUEST_METHOD"] == "POST":
        return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]
    path = environ["PATH_INFO"].encode("latin-1")
    return [repr((path, environ["QUERY_STRING"])).encode()]


application = Guard(PageCache(echo, settings), first_seconds=2)
