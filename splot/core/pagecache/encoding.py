"""Which form of a page a browser gets: as it is, gzip or brotli (RFC 9110, 12.5.3)."""

import gzip
from functools import lru_cache

import brotli

ENCODINGS = ("br", "gzip", "identity")  # in our order, where the browser likes two equally well
# of "identity": allowed unless refused, but only after everything that is named
IMPLICIT_QUALITY = 0.0001


def worth_compressing(body: bytes, content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return len(body) > 500 and (
        kind.startswith("text/") or kind.endswith(("json", "xml", "javascript"))
    )


def compress_body(body: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=5))
    return gzip.compress(body, 4, mtime=0)


def negotiate_encoding(accepted: str, compressed: bool) -> str:
    """The coding to answer with, given the Accept-Encoding header ("" when there is none).

    A page without `compressed` copies goes out as it is, unless the browser refuses just that. Who
    refuses everything gets the plain form too: a page is more use than an error.
    """
    ranking = (
        _rank_encodings(accepted) if len(accepted) <= 200 else _rank_encodings.__wrapped__(accepted)
    )
    if not ranking or (not compressed and "identity" in ranking):
        return "identity"
    return ranking[0]


@lru_cache(maxsize=128)
def _rank_encodings(accepted: str) -> tuple[str, ...]:
    qualities = dict(map(_parse_quality, accepted.lower().replace("x-gzip", "gzip").split(",")))
    others = qualities.get("*")
    wanted = {coding: qualities.get(coding, others or 0) for coding in ENCODINGS}
    if "identity" not in qualities and others is None:
        wanted["identity"] = IMPLICIT_QUALITY
    return tuple(
        sorted(
            (coding for coding in ENCODINGS if wanted[coding]), key=lambda coding: -wanted[coding]
        )
    )


def _parse_quality(item: str) -> tuple[str, float]:
    """("gzip", 0.5) of " gzip;q=0.5"; a quality that is no number from 0 to 1 counts as a
    refusal.
    """
    name, _, parameter = item.replace(" ", "").partition(";q=")
    try:
        quality = float(parameter or 1)
    except ValueError:
        quality = 0.0
    return name.strip(), quality if 0 <= quality <= 1 else 0.0
