"""The stylesheet, the script and the drawings, each at an address that carries the hash of its
content.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

import django_htmx
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from splot.core.looks import looks_stylesheet
from splot.core.pagecache.encoding import ENCODINGS, compress_body, negotiate_encoding

COMPONENTS_DIR = Path(__file__).parent / "components"
HTMX_SCRIPT = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
CONTENT_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


def asset_sources(name: str) -> list[Path]:
    """The files that make up an asset, in the order in which they are joined."""
    if name == "splot.css":
        return [
            COMPONENTS_DIR / "tokens.css",
            COMPONENTS_DIR / "base.css",
            *sorted(COMPONENTS_DIR.glob("*/*.css")),
        ]
    if name == "splot.js":
        return sorted(COMPONENTS_DIR.glob("*/*.js"))
    return [{"htmx.js": HTMX_SCRIPT, "favicon.svg": COMPONENTS_DIR / "mark/favicon.svg"}[name]]


ASSET_NAMES = ("splot.css", "splot.js", "htmx.js", "favicon.svg")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file for the browser: its bytes and the name that changes with them
    ("splot.1a2b3c4d.css").
    """

    body: bytes
    hashed_name: str
    content_type: str


def build_asset(name: str) -> Asset:
    """Join an asset's sources. Raises KeyError for a name that is not one of NAMES."""
    parts = [source.read_bytes() for source in asset_sources(name)]
    if name == "splot.css":
        parts.append(looks_stylesheet().encode())
    body = b"\n".join(parts)
    stem, __, kind = name.rpartition(".")
    return Asset(body, f"{stem}.{sha256(body).hexdigest()[:8]}.{kind}", CONTENT_TYPES[kind])


cached_asset = cache(build_asset)


def current_asset(name: str) -> Asset:
    """The asset as it is now: read once, or again each time while developing."""
    return build_asset(name) if settings.DEBUG else cached_asset(name)


def hashed_asset_url(name: str) -> str:
    """The address of an asset such as "splot.css"."""
    return reverse("asset", args=[current_asset(name).hashed_name])


def serve_asset(request: HttpRequest, name: str) -> HttpResponse:
    """Serve an asset by its hashed name. A name whose hash is not today's is not found."""
    found = next(
        (each for each in map(current_asset, ASSET_NAMES) if each.hashed_name == name), None
    )
    if found is None:
        raise Http404
    coding = negotiate_encoding(request.headers.get("Accept-Encoding", ""), True)
    return HttpResponse(
        compress_asset(found.body, coding),
        content_type=found.content_type,
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
            **({} if coding == "identity" else {"Content-Encoding": coding}),
        },
    )


@lru_cache(maxsize=len(ASSET_NAMES) * len(ENCODINGS))
def compress_asset(body: bytes, coding: str) -> bytes:
    """An asset in the form that a browser asked for; signed in or not, each is made once."""
    return body if coding == "identity" else compress_body(body, coding)
