"""Finished public pages in memory, in front of Django. Why it is so: docs/decisions/page-cache.md.

A page takes part by two headers of its answer, which nobody outside sees:

    X-Splot-Cache: poznan         the scope whose revision makes the page stale ("" for all
                                  municipalities); several with commas: any of them does
    X-Splot-Query: page,status    the query parameters that it reads; all others are cut off

The names belong to the address: every answer of one address, whatever its query, declares the same
ones.
"""

import logging
import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from threading import Lock
from types import TracebackType
from typing import NamedTuple, ParamSpec, TypeVar
from weakref import WeakSet
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import LazySettings
from django.conf import settings as django_settings

from .page import (
    CacheDeclaration,
    CachedPage,
    Headers,
    WSGIResponse,
    parse_declaration,
    strip_cache_headers,
)
from .request import PageAddress, RequestReader, filter_query, is_anonymous_request, is_unbounded
from .revisions import PostgresRevisionsReader, Revisions, SqliteRevisionsReader, revisions_reader
from .store import LRUStore, memory_size

__all__ = ["PageCache"]

log = logging.getLogger(__name__)
Result = TypeVar("Result")
Given = ParamSpec("Given")
Error = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
Write = Callable[[bytes], object]


class CacheLookup(NamedTuple):
    """What is known of a request before Django sees it."""

    place: PageAddress
    # the query parameters that the page reads; None before it first answered
    names: tuple[str, ...] | None
    query: str  # cut to those
    revisions: Revisions
    today: date
    page: CachedPage | None  # if it is still fresh


class PageCache:
    """WSGI middleware for Django, outermost. `stats` counts what happened: hit, miss, past (not
    asked), kept.

    `settings` are Django's, or an object with the same names; `reader` tells the revisions (its
    database's by default). `size` is the memory in bytes.
    """

    def __init__(
        self,
        app: WSGIApplication,
        settings: LazySettings = django_settings,
        reader: SqliteRevisionsReader | PostgresRevisionsReader | None = None,
    ) -> None:
        self._app = app
        self._limit = getattr(settings, "PAGE_CACHE_BYTES", 64 * 1024 * 1024)
        self._reading = RequestReader(settings)
        self._reader = (
            (reader or revisions_reader(settings.DATABASES["default"])) if self._limit else None
        )
        self._complaints: set[type] = set()
        self.begin()
        _caches.add(self)

    def begin(self) -> None:
        """Empty, as at the start. A forked process begins so: locks and connections cannot be
        shared.
        """
        # Addresses that can be made up without end have a quarter of their own and push out only
        # each other.
        self._pages: LRUStore[CachedPage | tuple[str, ...]] = LRUStore(self._limit * 3 // 4)
        self._endless: LRUStore[CachedPage | tuple[str, ...]] = LRUStore(self._limit // 4)
        self.stats: Counter[str] = Counter()
        self._counting = Lock()
        if self._reader:
            self._reader.forget()

    @property
    def size(self) -> int:
        return self._pages.bytes + self._endless.bytes

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        visit = self._try(self._look_up, environ)
        if visit is None:
            self._count("past")
            return self._past(environ, start_response)
        answer = self._try(visit.page.answer, environ) if visit.page else None
        self._count("hit" if answer else "miss")
        if answer is None:
            return self._render(visit, environ, start_response)
        start_response(answer[0], answer[1])
        return answer[2]

    def find_in_memory(self, environ: WSGIEnvironment) -> WSGIResponse | None:
        """The answer that stands ready, for a caller that cannot wait; None where it has to be
        made, or where a database would have to be asked over a network.
        """
        if self._reader is None or self._reader.may_wait:
            return None
        visit = self._try(self._look_up, environ)
        answer = self._try(visit.page.answer, environ) if visit and visit.page else None
        if answer:
            self._count("hit")
        return answer

    def _look_up(self, environ: WSGIEnvironment) -> CacheLookup | None:
        """The visit, or None when the request goes past the cache."""
        if self._reader is None or self._reading.goes_past(environ):
            return None
        # Asked before the page is made: asked afterwards, they could be newer than what it shows.
        revisions, today = self._reader.current(), date.today()
        if revisions is None:
            return None
        place = self._reading.place(environ)
        names = self._names_of(place)
        query = filter_query(environ.get("QUERY_STRING", ""), names or ())
        page = self._page_of((place, query)) if names is not None else None
        if page and page.revision != (*revisions.of(page.scopes), today):
            page = None
        return CacheLookup(place, names, query, revisions, today, page)

    def _past(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str,
            headers: list[tuple[str, str]],
            exc_info: Error | None = None,
        ) -> Write:
            return start_response(status, strip_cache_headers(headers), exc_info)

        return self._app(environ, start)

    def _render(
        self, visit: CacheLookup, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Ask Django, and keep what it says if it is for everybody."""
        started: list[tuple[str, Headers, Error | None]] = []

        def hold(status: str, headers: Headers, exc_info: Error | None = None) -> Write:
            started[:] = [(status, headers, exc_info)]
            return _unused

        known = visit.names is not None
        result = self._app(self._reading.bare(environ, visit.query) if known else environ, hold)
        status, headers, error = started[0]
        declared = self._try(parse_declaration, status, headers)
        if declared is None and known and not is_anonymous_request(environ, visit.query):
            # a page for everybody no more: asked again with all that the visitor sent
            close_response(result)
            return self._past(environ, start_response)
        if declared is None:
            start_response(status, strip_cache_headers(headers), error)
            return result
        try:
            body = b"".join(result)
        finally:
            close_response(result)
        answer = self._try(self._keep, visit, declared, environ, (status, headers, [body]))
        start_response(*(answer[:2] if answer else (status, strip_cache_headers(headers))))
        return answer[2] if answer else [body]

    def _keep(
        self,
        visit: CacheLookup,
        declared: CacheDeclaration,
        environ: WSGIEnvironment,
        made: WSGIResponse,
    ) -> WSGIResponse | None:
        """Keep what was made, unless the visitor may show in it; gives the visitor's form of the
        page.
        """
        status, headers, (body,) = made
        query = visit.query
        if visit.names != declared.query:
            endless = is_unbounded(visit.place, "", status)
            self._put(
                visit.place, declared.query, memory_size([*visit.place, *declared.query]), endless
            )
            query = filter_query(environ.get("QUERY_STRING", ""), declared.query)
            if visit.names is not None or not is_anonymous_request(environ, query):
                return None
        revision = (*visit.revisions.of(declared.scopes), visit.today)
        page = CachedPage(status, headers, body, declared.scopes, revision)
        size = page.size + memory_size([*visit.place, query])
        self._put((visit.place, query), page, size, is_unbounded(visit.place, query, status))
        self._count("kept")
        return page.answer(environ)

    def _names_of(self, place: PageAddress) -> tuple[str, ...] | None:
        names = self._get(place)
        return names if isinstance(names, tuple) else None

    def _page_of(self, asked: tuple[PageAddress, str]) -> CachedPage | None:
        page = self._get(asked)
        return page if isinstance(page, CachedPage) else None

    def _get(self, key: Hashable) -> CachedPage | tuple[str, ...] | None:
        value = self._pages.get(key)
        return self._endless.get(key) if value is None else value

    def _put(
        self, key: Hashable, value: CachedPage | tuple[str, ...], size: int, endless: bool
    ) -> None:
        home, other = (self._endless, self._pages) if endless else (self._pages, self._endless)
        other.drop(key)
        home.put(key, value, size)

    def _count(self, what: str) -> None:
        with self._counting:
            self.stats[what] += 1

    def _try(
        self,
        work: Callable[Given, Result],
        *arguments: Given.args,
        **named: Given.kwargs,
    ) -> Result | None:
        """The result, or None when the cache fails: that costs time, never the page."""
        try:
            return work(*arguments, **named)
        except Exception as error:
            if type(error) not in self._complaints:
                self._complaints.add(type(error))
                log.exception(
                    "The page cache failed, Django answers instead. (Said once for this error.)"
                )
            return None


def _unused(body: bytes) -> None:
    """The old way of WSGI to answer, which Django does not use."""
    raise NotImplementedError


def close_response(result: Iterable[bytes]) -> None:
    if hasattr(result, "close"):
        result.close()


_caches: WeakSet[PageCache] = WeakSet()


def _reset_caches() -> None:
    for cache in _caches:
        cache.begin()


os.register_at_fork(after_in_child=_reset_caches)
