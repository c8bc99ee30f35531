"""Statuses and shares: a colour never speaks alone, and what nobody reported is never drawn as if
somebody had.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from splot.core.looks import UNKNOWN, Look, current_looks, find_look
from splot.core.numbers import format_number

register = template.Library()


@register.simple_tag
def status(look: str, label: object) -> SafeString:
    """A state in shape, word and colour. `look` is named in status/looks.toml; any other name is
    drawn as unknown.
    """
    return render_status(find_look(look), str(label), get_language())


@lru_cache(maxsize=512)
def render_status(look: Look, label: str, language: str | None) -> SafeString:
    return render_to_string("status/status.html", {"look": look, "label": label})


@register.simple_tag
def bar_patterns() -> SafeString:
    """What bars and charts are filled with, once a page."""
    return render_patterns(tuple(current_looks().values()))


@lru_cache(maxsize=1)
def render_patterns(looks: tuple[Look, ...]) -> SafeString:
    return render_to_string("status_bar/patterns.html", {"looks": looks})


@dataclass(frozen=True, slots=True)
class BarSegment:
    """A piece of a bar: percentages of its width, where it starts and how long it is."""

    look: Look
    count: int
    words: str
    start: str
    length: str


def svg_percentage(part: float, whole: float) -> str:
    """A share as an SVG length: "33.333%"."""
    return f"{100 * part / whole:.3f}".rstrip("0").rstrip(".") + "%"


def bar_segments(counts: Iterable[tuple[str, object, int]]) -> list[BarSegment]:
    """The pieces of a bar in the order given: (look, label, number) each; what counts nothing has
    none.
    """
    present = [each for each in counts if each[2]]
    total = sum(each[2] for each in present)
    result, before = [], 0
    for look, label, count in present:
        words = _("%(number)s %(label)s") % {"number": format_number(count), "label": label}
        start, length = svg_percentage(before, total), svg_percentage(count, total)
        result.append(BarSegment(find_look(look), count, words, start, length))
        before += count
    return result


def summarise_segments(pieces: list[BarSegment]) -> tuple[str, str]:
    """What a bar says: the denominator ("9 of 14 reported") and the counts ("4 done, 3 on time, 2
    late").
    """
    total = sum(piece.count for piece in pieces)
    reported = [piece for piece in pieces if piece.look.name != UNKNOWN]
    known = sum(piece.count for piece in reported)
    head = _("%(known)s of %(total)s reported") if total else _("Nothing to count yet")
    return head % {"known": format_number(known), "total": format_number(total)}, ", ".join(
        piece.words for piece in reported
    )


@register.inclusion_tag("status_bar/status_bar.html")
def status_bar(counts: Iterable[tuple[str, object, int]]) -> dict[str, object]:
    """A bar of states. `counts`: (look, label, number), the label as it reads inside a sentence
    ("on time").
    """
    pieces = bar_segments(counts)
    head, tail = summarise_segments(pieces)
    return {"segments": pieces, "head": head, "tail": tail}


@register.inclusion_tag("status_key/status_key.html")
def status_key(labels: Iterable[tuple[str, object]]) -> dict[str, object]:
    """What the shapes and colours mean, once a page. `labels`: (look, label)."""
    return {"labels": labels}


@register.inclusion_tag("progress/progress.html")
def progress(value: int | None, of: int, label: object = "") -> dict[str, object]:
    """How far something is: "3 of 12". `value` None is unknown, drawn hatched and said so."""
    if value is None or not of:
        return {"known": False, "words": _("not known"), "label": label}
    words = _("%(value)s of %(whole)s") % {
        "value": format_number(value),
        "whole": format_number(of),
    }
    return {
        "known": True,
        "share": svg_percentage(min(max(value, 0), of), of),
        "words": words,
        "label": label,
    }
