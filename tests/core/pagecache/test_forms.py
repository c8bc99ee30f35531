"""HEAD, 304 and compression: what HTTP promises to browsers."""

import gzip

import brotli
import pytest

from splot.core.pagecache.encoding import negotiate_encoding

PAGE = "/pl/poznan/"
LONG = ("<p>Przyjmujemy " + "wspólnie " * 200 + "</p>").encode()
TYPE = "text/html; charset=utf-8"


@pytest.fixture
def page(city):
    city.answers[PAGE] = (
        "200 OK",
        [*city.public, ("Content-Security-Policy", "default-src 'none'")],
        LONG,
    )
    return lambda **headers: city.get(PAGE, **headers)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=1.0", "gzip"),
        ("br; q=0.8 , gzip ; q=0.8", "br"),
        ("br;q=0, gzip;q=0", "identity"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("*;q=0, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("identity", "identity"),
        ("identity, br;q=0.9", "identity"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0", "identity"),
        ("identity;q=0, gzip", "gzip"),
        ("identity;q=0, *", "br"),
        ("deflate", "identity"),
        ("gzip;q=nan", "identity"),
        ("gzip;q=x, br;q=2", "identity"),
        (",,;q=,", "identity"),
        ("gzip," * 5000, "gzip"),
    ],
)
def test_the_best_form_is_negotiated(accepted, coding):
    assert negotiate_encoding(accepted, compressed=True) == coding


def test_a_page_without_copies_goes_out_plain_unless_that_is_refused():
    assert negotiate_encoding("gzip, br", compressed=False) == "identity"
    assert negotiate_encoding("gzip, identity;q=0", compressed=False) == "gzip"
    assert negotiate_encoding("identity;q=0", compressed=False) == "identity"


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [("", None, bytes), ("gzip", "gzip", gzip.decompress), ("br", "br", brotli.decompress)],
)
def test_each_form_is_whole_and_labelled(page, accepted, coding, unpack):
    # made, then from memory
    for answer in (page(accept_encoding=accepted), page(accept_encoding=accepted)):
        assert unpack(answer.body) == LONG
        assert answer.headers.get("content-encoding") == coding
        assert answer.headers["content-length"] == str(len(answer.body))
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
        assert answer.headers["content-security-policy"] == "default-src 'none'"
        assert answer.headers["content-type"] == TYPE
        assert answer.headers["etag"].endswith(f'-{coding}"' if coding else '"')


def test_etags_differ_by_form_and_by_content(city, page):
    first = {page(accept_encoding=accepted).headers["etag"] for accepted in ("", "gzip", "br")}
    city.answers[PAGE] = ("200 OK", city.public, LONG + b".")
    city.write("second")
    second = {page(accept_encoding=accepted).headers["etag"] for accepted in ("", "gzip", "br")}
    assert len(first | second) == 6


@pytest.mark.parametrize("body", [b"short " * 80, b"\x89PNG" * 1000])
def test_what_compression_does_not_help_stays_plain(city, body):
    kind = "text/html" if body.startswith(b"short") else "image/png"

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", kind), *city.public])
        return [body]

    cache = type(city.cache)(app, city.settings)
    for _ in range(2):
        answer = city.get(PAGE, cache=cache, accept_encoding="gzip, br")
        assert answer.body == body
        assert "content-encoding" not in answer.headers
    answer = city.get(PAGE, cache=cache, accept_encoding="gzip, identity;q=0")
    assert gzip.decompress(answer.body) == body


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_head_is_get_without_the_body(page, accepted):
    get = page(accept_encoding=accepted)
    head = page(accept_encoding=accepted, method="HEAD")
    assert head.headers == get.headers
    assert head.body == b""


def test_head_fills_the_page_for_all(city):
    for method in ("HEAD", "HEAD", "GET"):  # the first makes the page known, the second fills it
        answer = city.get(PAGE, method=method)
    assert "note=first" in answer.text
    assert city.renderings == 2


def test_head_fills_the_body_too_where_the_application_leaves_it_out(city):
    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), *city.public])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [LONG]

    cache = type(city.cache)(app, city.settings)
    city.get(PAGE, cache=cache)
    city.write("second")
    for method, body in (("HEAD", b""), ("GET", LONG)):
        answer = city.get(PAGE, cache=cache, method=method)
        assert answer.body == body
        assert answer.headers["content-length"] == str(len(LONG))


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
@pytest.mark.parametrize("wrap", ["{}", "W/{}", '"other", {}', '"a","b" , W/{} ', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_browser_that_has_the_page_gets_304(city, page, accepted, wrap, method):
    etag = page(accept_encoding=accepted).headers["etag"]
    answer = page(accept_encoding=accepted, if_none_match=wrap.format(etag), method=method)
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert not [
        name
        for name in answer.headers
        if name in ("content-type", "content-length", "content-encoding")
    ]
    city.write("second")
    city.answers[PAGE] = ("200 OK", city.public, LONG + b".")
    assert page(accept_encoding=accepted, if_none_match=etag, method=method).status == 200


def test_the_tag_of_another_form_is_no_match(page):
    etag = page(accept_encoding="gzip").headers["etag"]
    assert page(accept_encoding="br", if_none_match=etag).status == 200
    assert page(if_none_match=f'{etag[:-1]}x"').status == 200


def test_only_a_found_page_answers_304(city):
    city.answers[PAGE] = ("404 Not Found", city.public, LONG)
    etag = city.get(PAGE).headers["etag"]
    assert city.get(PAGE, if_none_match=etag).status == 404


def test_a_page_may_set_how_long_browsers_keep_it(city):
    city.answers[PAGE] = (
        "200 OK",
        [*city.public, ("Cache-Control", "public, max-age=31536000")],
        LONG,
    )
    for _ in range(2):
        assert city.get(PAGE).headers["cache-control"] == "public, max-age=31536000"


def test_our_vary_etag_and_length_replace_the_pages_own(city):
    own = [("Vary", "Cookie"), ("ETag", '"own"'), ("Content-Length", "3")]
    city.answers[PAGE] = ("200 OK", [*city.public, *own], b"abc")
    for _ in range(2):
        answer = city.get(PAGE)
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["etag"] != '"own"'
        assert answer.headers["content-length"] == "3"
