"""Looks of states: told apart by colour, shape and pattern, legible in light and dark, complete."""

import re
from itertools import combinations

import pytest
from lxml import etree

from splot.core import looks
from splot.core.assets import COMPONENTS_DIR, build_asset
from splot.core.looks import UNKNOWN, current_looks, print_fills

LOOKS = current_looks()
FILLED = [name for name, look in LOOKS.items() if look.colour]
LIGHT, DARK = 0, 1


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def token(name: str, scheme: int) -> str:
    """A colour of tokens.css, which says each in light first."""
    sheet = (COMPONENTS_DIR / "tokens.css").read_text()
    return re.findall(rf"--{name}: (#[0-9a-f]{{6}});", sheet)[scheme]


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("name", FILLED)
def test_words_and_marks_have_enough_contrast(name: str, scheme: int) -> None:
    """WCAG AA: 4.5 for words, 3 for marks, bars and what is cut out of them."""
    look = LOOKS[name]
    assert contrast(token("ink", scheme), look.soft[scheme]) >= 4.5
    assert contrast(look.colour[scheme], look.soft[scheme]) >= 3
    assert contrast(look.colour[scheme], token("surface", scheme)) >= 3
    assert contrast(look.colour[scheme], token("paper", scheme)) >= 3


@pytest.mark.parametrize("one, other", list(combinations(LOOKS, 2)))
def test_no_two_looks_share_a_colour_a_shape_or_a_pattern(one: str, other: str) -> None:
    first, second = LOOKS[one], LOOKS[other]
    assert first.shape != second.shape
    assert {*first.colour}.isdisjoint(second.colour)
    assert re.sub(one, "", str(first.pattern)) != re.sub(other, "", str(second.pattern))
    drawings = [
        (fill["lines"], fill["dots"], fill["ground"])
        for fill in (first.print_fill, second.print_fill)
    ]
    assert drawings[0] != drawings[1]


@pytest.mark.parametrize("name", LOOKS)
def test_everything_that_shows_a_look_finds_its_styles(name: str) -> None:
    sheet = build_asset("splot.css").body.decode()
    for style in ("shape", "status", "timeline__bar"):
        assert f".{style}--{name} " in sheet or f".{style}--{name}," in sheet
    drawn = LOOKS[name].shape + (LOOKS[name].pattern.tile if LOOKS[name].pattern else "")
    root = etree.fromstring(f"<svg>{drawn}</svg>")
    for used in {word for each in root.iter() for word in each.get("class", "").split()}:
        assert f".{used} " in sheet or f".{used}," in sheet, used
    assert not root.xpath("//@style | //script")


def test_every_colour_of_a_look_that_a_style_names_is_there() -> None:
    sheet = build_asset("splot.css").body.decode()
    used = set(re.findall(r"var\(--(look-[\w-]+)\)", sheet))
    assert used <= set(re.findall(r"--(look-[\w-]+):", sheet))
    assert used >= {f"look-{name}" for name in FILLED}


def test_a_document_gets_a_fill_for_every_look() -> None:
    fills = print_fills()
    assert list(fills) == list(LOOKS)
    assert {tuple(fill) for fill in fills.values()} == {("ground", "ink", "width", "lines", "dots")}
    assert LOOKS[UNKNOWN].colour == (), "what is unknown is never filled"


@pytest.mark.parametrize(
    "entry, fault",
    [
        ('[wave]\ncolour = ["#000000", "#ffffff"]', KeyError),
        ('[wave]\nshape = ""\ncolor = ["#000000", "#ffffff"]', ValueError),
        ('[wave]\nshape = ""\npattern = { size = 5 }', KeyError),
    ],
)
def test_control_an_entry_that_is_not_whole_is_refused(
    entry: str, fault: type[Exception], tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "looks.toml"
    file.write_text(entry)
    monkeypatch.setattr(looks, "LOOKS_FILE", file)
    with pytest.raises(fault):
        looks.read_looks()
