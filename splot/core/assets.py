"""The stylesheet, the script and the drawings, each at an address that carries the hash of its content."""

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

import django_htmx
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from splot.core.pagecache.encoding import CODINGS, compress, negotiate

COMPONENTS = Path(__file__).parent / "components"
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def sources(name: str) -> list[Path]:
    """The files that make up an asset, in the order in which they are joined."""
    if name == "splot.css":
        return [COMPONENTS / "tokens.css", COMPONENTS / "base.css", *sorted(COMPONENTS.glob("*/*.css"))]
    if name == "splot.js":
        return sorted(COMPONENTS.glob("*/*.js"))
    return [{"htmx.js": HTMX, "favicon.svg": COMPONENTS / "mark/favicon.svg"}[name]]


NAMES = ("splot.css", "splot.js", "htmx.js", "favicon.svg")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file for the browser: its bytes and the name that changes with them ("splot.1a2b3c4d.css")."""

    body: bytes
    hashed_name: str
    content_type: str


def read(name: str) -> Asset:
    """Join an asset's sources. Raises KeyError for a name that is not one of NAMES."""
    body = b"\n".join(source.read_bytes() for source in sources(name))
    stem, __, kind = name.rpartition(".")
    return Asset(body, f"{stem}.{sha256(body).hexdigest()[:8]}.{kind}", TYPES[kind])


kept = cache(read)


def current(name: str) -> Asset:
    """The asset as it is now: read once, or again each time while developing."""
    return read(name) if settings.DEBUG else kept(name)


def asset_url(name: str) -> str:
    """The address of an asset such as "splot.css"."""
    return reverse("asset", args=[current(name).hashed_name])


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """Serve an asset by its hashed name. A name whose hash is not today's is not found."""
    found = next((each for each in map(current, NAMES) if each.hashed_name == name), None)
    if found is None:
        raise Http404
    coding = negotiate(request.headers.get("Accept-Encoding", ""), True)
    return HttpResponse(
        compressed(found.body, coding),
        content_type=found.content_type,
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
            **({} if coding == "identity" else {"Content-Encoding": coding}),
        },
    )


@lru_cache(maxsize=len(NAMES) * len(CODINGS))
def compressed(body: bytes, coding: str) -> bytes:
    """An asset in the form that a browser asked for; signed in or not, each is made once."""
    return body if coding == "identity" else compress(body, coding)
