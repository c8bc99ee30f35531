"""The gallery shows every component, and no template of a component bends the rules of the page."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from lxml import html

from splot.core.assets import COMPONENTS_DIR, build_asset
from splot.core.looks import current_looks
from splot.web.gallery import component_samples, gallery_samples

TEMPLATES = sorted(
    [
        *COMPONENTS_DIR.glob("*/*.html"),
        *COMPONENTS_DIR.glob("*/*.svg"),
        *COMPONENTS_DIR.parent.glob("templates/**/*.html"),
    ]
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_inline_style_or_script(path) -> None:
    source = path.read_text()
    assert not re.search(
        r"""\sstyle\s*=|<style|\son\w+\s*=|<script(?![^>]*\ssrc=)|javascript:""", source
    )


def test_every_component_has_a_sample() -> None:
    shown = {component["template"].split("/")[0] for component in component_samples()}
    folders = {
        path.name for path in COMPONENTS_DIR.iterdir() if path.is_dir() and any(path.glob("*.css"))
    }
    assert folders - shown == {"frame"}, "the frame is around every page, the gallery too"


@pytest.mark.parametrize("language", ["pl", "en", "uk", "ar"])
def test_the_gallery_is_one_sound_page(language: str) -> None:
    with override(language):
        page = html.document_fromstring(render_to_string("core/gallery.html", gallery_samples()))
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//main")) == 1
    assert page.find(".//a[@class='skip']").get("href") == "#content"
    assert page.get_element_by_id("content").tag == "main"
    pictures = [svg for svg in page.iter("svg") if svg.getparent().tag != "svg"]
    assert all(svg.get("aria-hidden") == "true" or svg.get("role") == "img" for svg in pictures)


def test_everything_that_is_drawn_with_a_pattern_finds_it() -> None:
    with override("en"):
        page = html.document_fromstring(render_to_string("core/gallery.html", gallery_samples()))
    used = {
        re.search(r"url\(#(.+)\)", fill)[1] for fill in page.xpath("//@fill[contains(., 'url')]")
    }
    assert len(used) >= len(current_looks()) - 1
    assert used <= {*page.xpath("//pattern/@id")}


def test_a_printed_page_says_its_address() -> None:
    request = RequestFactory().get("/gallery/?area=1")
    page = html.document_fromstring(render_to_string("base.html", {"request": request}))
    assert page.find(".//p[@class='address']").text == "http://testserver/gallery/?area=1"
    assert (
        html.document_fromstring(render_to_string("base.html")).find(".//p[@class='address']")
        is None
    )


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "500.html", "503.html"])
def test_error_pages_need_nothing_but_themselves(name: str) -> None:
    """No request, no context processor, no database (which this test is not allowed to touch)."""
    page = html.document_fromstring(render_to_string(name))
    assert len(page.findall(".//h1")) == 1
    assert not page.xpath("//form")


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_an_error_whose_language_is_unknown_speaks_three(name: str) -> None:
    page = html.document_fromstring(render_to_string(name))
    assert [section.get("lang") for section in page.xpath("//main//section")] == ["pl", "en", "uk"]


def test_no_template_uses_a_class_that_no_style_knows() -> None:
    """A misspelt class shows as a page that looks wrong only to whoever opens it."""
    sheet = build_asset("splot.css").body.decode()
    known = set(re.findall(r"\.([a-z][\w-]*)", sheet))
    unknown = set()
    for path in COMPONENTS_DIR.parent.parent.rglob("*.html"):
        for value in re.findall(
            r'class="([^"]*)"', re.sub(r"\{[%{].*?[%}]\}", "{}", path.read_text())
        ):
            unknown |= {
                (path.name, each)
                for each in value.split()
                if "{}" not in each and each not in known
            }
    assert unknown == set()
