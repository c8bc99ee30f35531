"""Splot itself: its migrations, its actions in another process, its pages behind its cache."""

import subprocess
import sys

import pytest

from .serving import ROOT, environment, served

pytestmark = pytest.mark.slow

# Reads slugs, opens a municipality for each, says so.
ACTS = """
import sys, django
django.setup()
from splot.core.languages import Text
from splot.people.actions import open_municipality
for number, line in enumerate(sys.stdin):
    slug = line.strip()
    open_municipality(by=None, name=Text.of("pl", {"pl": slug.title()}), slug=slug, teryt=f"{number:07}")
    print("done", flush=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("splot")


@pytest.fixture(scope="module")
def names(folder):
    data = f"sqlite:///{folder}/splot.sqlite3"
    return environment(SPLOT_DATA=str(folder), DATABASE_URL=data, SPLOT_URL="http://127.0.0.1:8000")


@pytest.fixture(scope="module")
def open_town(names):
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"], env=names, check=True
    )
    with subprocess.Popen(
        [sys.executable, "-c", ACTS],
        env=names | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def act(slug: str) -> None:
            print(slug, file=process.stdin, flush=True)
            assert process.stdout.readline() == "done\n"

        yield act
        process.stdin.close()


@pytest.fixture(scope="module")
def site(open_town, folder, names):
    open_town("poznan")
    with served(
        "splot.serving.application:build_application", folder, names, "asginl --factory"
    ) as site:
        yield site


@pytest.mark.parametrize("address", ["/pl/", "/pl/poznan/", "/en/poznan/", "/pl/nowhere/"])
def test_public_pages_are_kept_for_everybody(site, address):
    """Only what the cache keeps has an ETag."""
    page = [site.ask(address) for _ in range(20)][-1]  # by now each worker has made it
    assert page.headers["ETag"]
    assert page.headers["Vary"] == "Accept-Encoding"
    for turn in range(6):
        assert site.ask(f"{address}?utm={turn}", Cookie="csrftoken=1").text == page.text


@pytest.mark.parametrize("address", ["/", "/pl/sign-in/", "/pl/poznan/desk/", "/health/"])
def test_other_pages_are_not(site, address):
    for _ in range(4):
        assert site.ask(address).headers["ETag"] is None


def test_what_an_action_writes_is_on_the_next_page(site, open_town):
    for turn in range(20):
        site.ask("/pl/")
        open_town(f"town-{turn}")
        assert f"Town-{turn}" in site.ask("/pl/").text
        assert site.ask(f"/pl/town-{turn}/").status == 200


def test_a_place_that_was_not_there_is_found_as_soon_as_it_is(site, open_town):
    for turn in range(10):
        address = f"/pl/village-{turn}/"
        assert [site.ask(address).status for _ in range(3)] == [404, 404, 404]
        open_town(f"village-{turn}")
        assert [site.ask(address).status for _ in range(3)] == [200, 200, 200]
