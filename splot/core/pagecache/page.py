"""A cached page in the encodings that browsers ask for, and whether an answer may become one."""

from hashlib import blake2b
from typing import NamedTuple
from wsgiref.types import WSGIEnvironment

from .encoding import compress_body, negotiate_encoding, worth_compressing
from .store import memory_size

Headers = list[tuple[str, str]]
WSGIResponse = tuple[str, Headers, list[bytes]]  # status, headers, body

CACHEABLE_STATUS = {"200", "301", "308", "404"}
# A page is made for a request without cookies, so "Vary: Cookie" needs no copy of its own.
CACHEABLE_VARY = {"", "accept-encoding", "cookie"}
REPLACED_HEADERS = {"vary", "etag", "content-length"}  # ours to say, for each form
BODY_HEADERS = {"content-type", "content-length", "content-encoding"}  # nothing to say in a 304


class CacheDeclaration(NamedTuple):
    """What a page says of itself: whose revisions make it stale, which query parameters it
    reads.
    """

    scopes: tuple[str, ...]
    query: tuple[str, ...]


def parse_declaration(status: str, headers: Headers) -> CacheDeclaration | None:
    """The declaration of an answer that may be kept, else None."""
    said: dict[str, str] = {}
    for name, value in headers:
        said[name.lower()] = f"{said[name.lower()]},{value}" if name.lower() in said else value
    if (
        "x-splot-cache" not in said
        or status[:3] not in CACHEABLE_STATUS
        or "set-cookie" in said
        or "content-encoding" in said
        or _parse_directives(said.get("vary", "")) - CACHEABLE_VARY
        or _parse_directives(said.get("cache-control", "")) & {"private", "no-store"}
    ):
        return None
    scopes = {scope.strip() for scope in said["x-splot-cache"].split(",")}
    names = (name.strip() for name in said.get("x-splot-query", "").split(","))
    return CacheDeclaration(tuple(sorted(scopes)), tuple(sorted(filter(None, names))))


def strip_cache_headers(headers: Headers) -> Headers:
    """The headers without those that are for the cache alone."""
    return [item for item in headers if not item[0].lower().startswith("x-splot-")]


class CachedPage:
    """Body with ETag and headers per coding; `revision` is what that of its scopes was before it
    was made.
    """

    def __init__(
        self,
        status: str,
        headers: Headers,
        body: bytes,
        scopes: tuple[str, ...],
        revision: tuple[object, ...],
    ) -> None:
        own = {name.lower(): value for name, value in headers}
        self.scopes, self.revision = scopes, revision
        self._status, self._body = status, body
        self._headers = [
            item for item in strip_cache_headers(headers) if item[0].lower() not in REPLACED_HEADERS
        ]
        self._headers.append(("Vary", "Accept-Encoding"))
        if "cache-control" not in own:
            self._headers.append(("Cache-Control", "public, max-age=0, must-revalidate"))
        self._mark = blake2b(body, digest_size=12).hexdigest()
        compressed = ("br", "gzip") if worth_compressing(body, own.get("content-type", "")) else ()
        self._forms = {coding: self._form(coding) for coding in ("identity", *compressed)}

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return sum(
            memory_size([body, etag, *(string for item in headers for string in item)])
            for etag, headers, body in self._forms.values()
        )

    def answer(self, environ: WSGIEnvironment) -> WSGIResponse:
        """The page for this request; 304 without a body for a browser that has it already."""
        coding = negotiate_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""), len(self._forms) > 1)
        etag, headers, body = self._forms.get(coding) or self._form(coding)
        if self._status[:3] == "200" and _matches_etag(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
            return (
                "304 Not Modified",
                [item for item in headers if item[0].lower() not in BODY_HEADERS],
                [],
            )
        return self._status, headers.copy(), [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _form(self, coding: str) -> tuple[str, Headers, bytes]:
        if coding == "identity":
            etag, body, more = f'"{self._mark}"', self._body, []
        else:
            etag, body = f'"{self._mark}-{coding}"', compress_body(self._body, coding)
            more = [("Content-Encoding", coding)]
        return (
            etag,
            [*self._headers, ("ETag", etag), ("Content-Length", str(len(body))), *more],
            body,
        )


def _parse_directives(value: str) -> set[str]:
    return {word.partition("=")[0].strip() for word in value.lower().split(",")}


def _matches_etag(header: str, etag: str) -> bool:
    """Is the tag among those of an If-None-Match header? Compared weakly, as RFC 9110 (13.1.2)
    asks.
    """
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return bool(tags & {etag, "*"})
