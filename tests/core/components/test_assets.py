"""Assets: hashed names, cached for ever, one stylesheet of every component, light over the wire."""

import gzip

import brotli
import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from splot.core import assets


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("splot.css", "text/css; charset=utf-8"),
        ("splot.js", "text/javascript; charset=utf-8"),
        ("htmx.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
    ],
)
def test_an_asset_is_served_for_ever_under_the_hash_of_its_content(
    name: str, content_type: str
) -> None:
    response = Client().get(assets.hashed_asset_url(name))
    assert response.status_code == 200
    assert response.content == assets.build_asset(name).body
    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip, deflate", "gzip"), ("gzip, deflate, br", "br"), ("", None)]
)
def test_an_asset_goes_out_compressed_whoever_asks(accepted: str, coding: str | None) -> None:
    asked = Client(headers={"Accept-Encoding": accepted}).get(assets.hashed_asset_url("splot.css"))
    assert asked.get("Content-Encoding") == coding
    whole = assets.build_asset("splot.css").body
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[coding]
    assert unpack(asked.content) == whole
    assert coding is None or len(asked.content) < len(whole) / 3
    assert "Accept-Encoding" in asked["Vary"]


@pytest.mark.parametrize(
    "name", ["splot.css", "splot.00000000.css", "other.12345678.css", "splot.html"]
)
def test_any_other_name_is_not_found(name: str) -> None:
    with pytest.raises(Http404):
        assets.serve_asset(RequestFactory().get("/"), name)


def test_the_name_changes_with_the_content(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    sheet = tmp_path / "sheet.css"
    monkeypatch.setattr(assets, "asset_sources", lambda name: [sheet])
    sheet.write_text("a { color: red }")
    before = assets.build_asset("splot.css").hashed_name
    sheet.write_text("a { color: blue }")
    assert assets.build_asset("splot.css").hashed_name != before


def test_the_stylesheet_holds_tokens_first_and_then_every_component() -> None:
    sheet = assets.build_asset("splot.css").body.decode()
    assert sheet.startswith((assets.COMPONENTS_DIR / "tokens.css").read_text())
    for source in assets.COMPONENTS_DIR.glob("*/*.css"):
        assert source.read_text() in sheet, source


def test_what_every_page_loads_leaves_room_for_the_page() -> None:
    """A first view stays under 60 kB; styles and script may take a third of it."""
    weight = sum(
        len(gzip.compress(assets.build_asset(name).body))
        for name in ("splot.css", "splot.js", "favicon.svg")
    )
    assert weight < 20_000


def test_nothing_in_the_stylesheet_is_fetched_from_elsewhere() -> None:
    sheet = assets.build_asset("splot.css").body.decode()
    assert "@import" not in sheet
    assert "url(" not in sheet
    assert "http" not in sheet.replace('[href^="http"]', "")
