"""What the page cache needs of a request: whether it bypasses the cache, its cache key, and what is
personal in it.
"""

import re
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

from django.conf import LazySettings
from django.contrib.messages.storage.cookie import CookieStorage

PageAddress = tuple[str, str, str]  # scheme, host, path

HOST_NAME = re.compile(r"[a-z0-9.-]*[a-z0-9]")


class RequestReader:
    """Reads requests as Django would under these settings."""

    def __init__(self, settings: LazySettings) -> None:
        self._own_cookies = {"sessionid", settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
        self._hosts = ["HTTP_X_FORWARDED_HOST"] * bool(settings.USE_X_FORWARDED_HOST) + [
            "HTTP_HOST"
        ]
        proxy: tuple[str, str] = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self._proxy, self._secure = proxy

    def goes_past(self, environ: WSGIEnvironment) -> bool:
        """Does it bypass the cache: no plain GET, or one with a session or a waiting message?"""
        cookies = environ.get("HTTP_COOKIE")
        return (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or "HTTP_AUTHORIZATION" in environ
            or "HTTP_RANGE" in environ
            or not environ.get("HTTP_HOST")
            or not environ.get("QUERY_STRING", "").isascii()
            or bool(cookies and any(name in cookies for name in self._own_cookies))
        )

    def place(self, environ: WSGIEnvironment) -> PageAddress:
        scheme = environ["wsgi.url_scheme"]
        if self._proxy in environ:
            scheme = (
                "https"
                if environ[self._proxy].partition(",")[0].strip() == self._secure
                else "http"
            )
        host = next(filter(None, map(environ.get, self._hosts)))
        return scheme, host, environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")

    def bare(self, environ: WSGIEnvironment, query: str) -> WSGIEnvironment:
        """The request without anything of the visitor's: what is made for it is right for all."""
        kept = {self._proxy, *self._hosts}
        return {
            **{
                name: value
                for name, value in environ.items()
                if name[:5] != "HTTP_" or name in kept
            },
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": query,
        }


def is_anonymous_request(environ: WSGIEnvironment, query: str) -> bool:
    """Is there nothing in the request that could make the page a personal one?"""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("QUERY_STRING", "") == query
        and not any(name.startswith(("HTTP_COOKIE", "HTTP_HX_")) for name in environ)
    )


def filter_query(query: str, names: tuple[str, ...]) -> str:
    """The named parameters alone, sorted by name; the values of one name stay in their order."""
    if not query or not names:
        return ""
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] in names]
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))


def is_unbounded(place: PageAddress, query: str, status: str) -> bool:
    """Could a visitor invent any number of such cache keys?"""
    return bool(query) or status[:3] == "404" or not HOST_NAME.fullmatch(place[1])
