"""The whole way over the network: granian with two workers, each with its cache, and Django."""

import re
import subprocess
import sys

import pytest

from .serving import HERE, environment, served

pytestmark = pytest.mark.slow

PAGE = "/pl/poznan/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    names = environment(CITY_DATABASE=str(folder / "city.sqlite3"))
    subprocess.run([sys.executable, HERE / "small_site.py"], env=names, check=True)
    with served("small_site:application", folder, names) as site:
        yield site


def cookies(answer):
    return "; ".join(value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie", []))


def test_the_page_is_made_once_in_each_worker(site):
    assert len({site.ask(PAGE).headers["X-Made-At"] for _ in range(40)}) <= 2


def test_no_read_after_a_write_is_stale_in_any_worker(site):
    stale = 0
    for turn in range(200):
        assert site.ask("/write/", "POST", {"text": f"turn {turn}"}).text == "written"
        stale += f"<p>turn {turn}</p>" not in site.ask(PAGE).text
        site.ask(PAGE)
    assert stale == 0


def test_security_headers_stay_and_internal_ones_do_not_go_out(site):
    for _ in range(6):
        headers = site.ask(PAGE).headers
        assert headers["Content-Security-Policy"] == "default-src 'none'"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Vary"] == "Accept-Encoding"
        assert not [name for name in headers if name.lower().startswith("x-splot")]


def test_head_and_304_keep_to_http(site):
    get = site.ask(PAGE, Accept_Encoding="br")
    head = site.ask(PAGE, "HEAD", Accept_Encoding="br")
    assert (head.text, head.headers["ETag"]) == ("", get.headers["ETag"])
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    answer = site.ask(PAGE, Accept_Encoding="br", If_None_Match=get.headers["ETag"])
    assert (answer.status, answer.text) == (304, "")


def test_who_is_signed_in_gets_a_page_of_their_own(site):
    cookie = cookies(site.ask("/sign-in/", "POST"))
    assert "sessionid=" in cookie
    for _ in range(4):
        assert "signed in as coordinator" in site.ask(PAGE, Cookie=cookie).text
        assert "a reader" in site.ask(PAGE).text


def test_a_message_reaches_its_visitor_and_nobody_else(site):
    site.ask(PAGE)
    cookie = cookies(site.ask("/thank/", "POST"))
    answer = site.ask(PAGE, Cookie=cookie)
    assert "Thank you" in answer.text
    assert answer.headers["Set-Cookie"].startswith('messages=""')
    for _ in range(4):
        assert "Thank you" not in site.ask(PAGE).text


def test_a_form_that_was_declared_public_by_mistake_gives_nobodys_token_away(site):
    """Django sends no cookie to who has one, so that only the token in the page could tell."""
    cookie = cookies(site.ask(PAGE + "form/"))
    assert "csrftoken=" in cookie
    tokens = [re.search(r'value="(\w+)"', site.ask(PAGE + "form/", **headers).text)[1]
              for headers in [{"Cookie": cookie}, {}] * 6]  # fmt: skip
    assert len(set(tokens)) == 12
