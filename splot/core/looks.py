"""The looks of states, read from components/status/looks.toml: marks, styles, patterns and what a
document draws from.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from splot.core.values import Json

LOOKS_FILE = Path(__file__).parent / "components/status/looks.toml"
UNKNOWN = "unknown"  # also of a name that is not in the file


@dataclass(frozen=True, slots=True)
class Pattern:
    """A tile that fills bars on a page, as SVG."""

    size: int
    tile: SafeString
    turn: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One look. Colours are (light, dark), empty where it is only outlined. `print_fill` is what a
    document fills bars with: {ground, ink, width, lines, dots}, "" for the paper's colour.
    """

    name: str
    shape: SafeString
    colour: tuple[str, ...]
    soft: tuple[str, ...]
    mirrored: bool
    pattern: Pattern | None
    print_fill: Json


def read_looks() -> dict[str, Look]:
    """{name: look} in the file's order."""
    entries = tomllib.loads(LOOKS_FILE.read_text())
    return {name: _parse_look(name, dict(entry)) for name, entry in entries.items()}


cached_looks = cache(read_looks)


def current_looks() -> dict[str, Look]:
    """The looks as they are now: read once, or again each time while developing."""
    return read_looks() if settings.DEBUG else cached_looks()


def find_look(name: str) -> Look:
    """A look by its name; what no look is named like is drawn as unknown."""
    looks = current_looks()
    return looks.get(name) or looks[UNKNOWN]


def looks_stylesheet() -> str:
    """The styles that follow from the looks, to stand after those of the components."""
    looks = current_looks().values()
    dark = "\n".join(_colour_tokens(look, 1) for look in looks if look.colour)
    light = "\n".join(_colour_tokens(look, 0) for look in looks if look.colour)
    return "\n".join(
        [
            "/* From components/status/looks.toml */",
            f":root {{\n{light}\n}}",
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{\n{dark}\n}} }}",
            *map(_look_styles, looks),
            "",
        ]
    )


def print_fills() -> dict[str, Json]:
    """{name of a look: its `print_fill`}, for a typesetting template."""
    return {name: look.print_fill for name, look in current_looks().items()}


def _parse_look(name: str, entry: Json) -> Look:
    """An entry of the file. Raises KeyError for one without a shape, TypeError for a pattern that
    lacks something, ValueError for a word that means nothing here.
    """
    if strange := set(entry) - {"colour", "soft", "shape", "mirrored", "pattern", "print"}:
        raise ValueError(f"{name}: {', '.join(sorted(strange))}")
    colour, pattern = tuple(entry.get("colour", ())), entry.get("pattern")
    ground = colour[0] if colour else ""
    empty: Json = {"ground": ground, "ink": "", "width": 0, "lines": [], "dots": []}
    return Look(
        name,
        mark_safe(entry["shape"]),  # our own file
        colour,
        tuple(entry.get("soft", ())),
        entry.get("mirrored", False),
        Pattern(**{**pattern, "tile": mark_safe(pattern["tile"])}) if pattern else None,
        {**empty, **entry.get("print", {})},
    )


def _colour_tokens(look: Look, scheme: int) -> str:
    name = f"--look-{look.name}"
    return f"  {name}: {look.colour[scheme]}; {name}-soft: {look.soft[scheme]};"


def _look_styles(look: Look) -> str:
    return "\n".join(_filled_styles(look) if look.colour else _outlined_styles(look))


def _filled_styles(look: Look) -> list[str]:
    name, colour = look.name, f"var(--look-{look.name})"
    styles = [
        f".shape--{name} {{ color: {colour}; }}",
        f".status--{name} {{ background: var(--look-{name}-soft); }}",
        f".fill--{name}, .timeline__bar--{name} {{ fill: {colour}; }}",
        f".fill--{name}-soft {{ fill: var(--look-{name}-soft); }}",
    ]
    if look.pattern is None:
        styles.append(f".bar__piece--{name} {{ fill: {colour}; }}")
    if look.mirrored:
        styles.append(f'[dir="rtl"] .shape--{name} {{ transform: scaleX(-1); }}')
    return styles


def _outlined_styles(look: Look) -> list[str]:
    edge, ink = "var(--line-strong)", "var(--ink-soft)"
    return [
        f".shape--{look.name} {{ color: {ink}; }}",
        f".status--{look.name} "
        f"{{ background: none; box-shadow: inset 0 0 0 1px {edge}; color: {ink}; }}",
        f".timeline__bar--{look.name} {{ fill: none; stroke: {edge}; stroke-dasharray: 4 3; }}",
    ]
