"""Who is served from memory and who is not, and that nothing of a visitor shows in the page of
another.
"""

import pytest

from splot.core.pagecache import PageCache

PAGE = "/pl/poznan/"


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "sessionid=abc"},
        {"cookie": "theme=dark; sessionid=abc"},
        {"cookie": "messages=Thank+you"},
        {"authorization": "Basic eDp5"},
        {"range": "bytes=0-9"},
    ],
)
def test_goes_past(city, headers):
    city.get(PAGE)
    for _ in range(2):
        answer = city.get(PAGE, **headers)
    assert next(iter(headers.values())) in answer.text  # the application saw who it is
    assert "etag" not in answer.headers
    assert city.cache.stats == {"miss": 1, "kept": 1, "past": 2}
    assert "HTTP_COOKIE" not in city.get(PAGE).text


def test_the_session_cookie_is_the_one_of_the_settings(city):
    city.settings.SESSION_COOKIE_NAME = "__Host-visit"
    cache = PageCache(city.app, city.settings)
    for _ in range(2):
        city.get(PAGE, cache=cache, cookie="__Host-visit=1")
    assert cache.stats == {"past": 2}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_reading_is_served(city, method):
    city.get(PAGE)
    city.get(PAGE, method=method)
    assert city.renderings == 2


def test_no_cache_of_a_visitor_does_not_make_work(city):
    city.get(PAGE)
    city.get(PAGE, cache_control="no-cache", pragma="no-cache")
    assert city.renderings == 1


def test_a_page_that_declares_nothing_is_never_kept(city):
    city.answers[PAGE] = ("200 OK", [], None)
    for _ in range(3):
        city.get(PAGE)
    assert city.cache.stats == {"miss": 3}
    assert city.cache.size == 0


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "csrftoken=abc"),
        ("Cache-Control", "private"),
        ("Cache-Control", "max-age=9, no-store"),
        ("Vary", "Accept-Encoding, HX-Request"),
        ("Vary", "*"),
        ("Content-Encoding", "gzip"),
    ],
)
def test_an_answer_that_is_somebodys_own_is_never_kept(city, header):
    city.answers[PAGE] = ("200 OK", [*city.public, header], None)
    for _ in range(3):
        assert city.get(PAGE).headers[header[0].lower()] == header[1]
    assert city.cache.stats == {"miss": 3}
    assert city.cache.size == 0


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        ("200 OK", 1),
        ("301 Moved", 1),
        ("308 Moved", 1),
        ("404 Not Found", 1),
        ("302 Found", 0),
        ("304 Not Modified", 0),
        ("403 No", 0),
        ("410 Gone", 0),
        ("500 Fault", 0),
        ("503 Away", 0),
    ],
)
def test_only_lasting_answers_are_kept(city, status, kept):
    def app(environ, start_response):
        typed = [] if status.startswith("304") else [("Content-Type", "text/plain")]
        start_response(status, [("Location", "/pl/"), *typed, *city.public])
        return [] if status.startswith("304") else [b"text"]

    cache = PageCache(app, city.settings)
    for _ in range(2):
        assert city.get(PAGE, cache=cache).headers["location"] == "/pl/"
    assert cache.stats["hit"] == kept


@pytest.mark.parametrize("headers", [{}, {"cookie": "sessionid=1"}, {"cookie": "theme=1"}])
@pytest.mark.parametrize("size", [0, 1_000_000])
def test_internal_headers_never_go_out(city, headers, size):
    city.settings.PAGE_CACHE_BYTES = size
    cache = PageCache(city.app, city.settings)
    for method in ("GET", "GET", "HEAD", "POST"):
        answer = city.get(PAGE + "?utm=1", method=method, cache=cache, **headers)
        assert not [name for name in answer.headers if name.startswith("x-splot")]


def test_noise_in_the_query_shares_one_page(city):
    clean = city.get(PAGE)
    for noise in ("?utm=1", "?utm=2&fbclid=x", "?Page=2", "?&&", "?%70%61%67=1"):
        assert city.get(PAGE + noise).text == clean.text
    assert city.renderings == 1


def test_noise_first_never_shows_in_the_page(city):
    city.get(PAGE + "?utm=noise")
    page = city.get(PAGE + "?utm=more")
    assert page.text == city.get(PAGE).text
    assert "noise" not in page.text
    assert "more" not in page.text


def test_declared_parameters_make_pages_of_their_own(city):
    city.get(PAGE)
    for query in ("?page=2&status=late", "?status=late&page=2", "?x=1&status=late&y=2&page=2"):
        assert "'page=2&status=late'" in city.get(PAGE + query).text
    assert city.renderings == 2
    assert "'page=2&page=1'" in city.get(PAGE + "?page=2&page=1").text
    assert "'page=1&page=2'" in city.get(PAGE + "?page=1&page=2").text
    assert "'page='" in city.get(PAGE + "?page=").text


def test_values_of_any_script_survive_the_cut(city):
    city.get(PAGE)
    assert "page=%D0%BB%D1%8C%26" in city.get(PAGE + "?page=%D0%BB%D1%8C%26&utm=1").text
    assert "page=%EF%BF%BD" in city.get(PAGE + "?page=%FF").text


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "csrftoken=secret"},
        {"hx_request": "true", "hx_target": "secret"},
    ],
)
def test_nothing_of_the_first_visitor_shows_to_the_second(city, headers):
    # an unknown page: the application decides with all it has
    assert "secret" in city.get(PAGE, **headers).text
    for _ in range(2):
        assert "secret" not in city.get(PAGE, **headers).text
        assert "secret" not in city.get(PAGE).text
    assert city.renderings == 2


def test_a_known_page_is_made_without_anything_of_the_visitor(city):
    names = ("cookie", "user_agent", "x_forwarded_host", "accept_language", "referer")
    headers = dict.fromkeys(names, "secret")
    city.get(PAGE)
    city.write("second")
    page = city.get(PAGE, **headers)
    assert page.text == "note=second; {'HTTP_HOST': '127.0.0.1', 'QUERY_STRING': ''}"
    assert city.get(PAGE).text == page.text


def test_a_page_that_stops_being_for_everybody_gets_all_that_the_visitor_sent(city):
    city.get(PAGE)
    city.write("with a form")
    city.answers[PAGE] = ("200 OK", [("Set-Cookie", "csrftoken=1"), *city.public], None)
    for _ in range(2):
        assert "mine" in city.get(PAGE, cookie="csrftoken=mine").text
    assert city.cache.stats["kept"] == 1


def test_hosts_and_schemes_are_kept_apart(city):
    city.settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    cache = PageCache(city.app, city.settings)
    for proto in ("https", "http"):
        for host in ("a.example", "b.example"):
            for _ in range(2):
                page = city.get(PAGE, cache=cache, host=host, x_forwarded_proto=proto)
                assert host in page.text
                assert f"'{proto}'" in page.text
    assert cache.stats == {"miss": 4, "kept": 4, "hit": 4}
    city.get(PAGE, cache=cache, host="a.example", x_forwarded_proto="https, noise")
    assert cache.stats["hit"] == 5


def test_a_forwarded_host_counts_only_where_django_believes_it(city):
    city.get(PAGE, x_forwarded_host="evil.example")
    assert city.get(PAGE, x_forwarded_host="other.example").text == city.get(PAGE).text
    city.settings.USE_X_FORWARDED_HOST = True
    believing = PageCache(city.app, city.settings)
    for host in ("a.example", "b.example"):
        assert host in city.get(PAGE, cache=believing, x_forwarded_host=host).text
    assert believing.stats["hit"] == 0


def test_a_fault_of_the_page_is_the_pages_own(city):
    def app(environ, start_response):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        city.get(PAGE, cache=PageCache(app, city.settings))


def test_a_fault_of_the_cache_costs_no_page(city, caplog):
    """Faults in every part of the cache, one after the other: the page comes, and the log has one
    line.
    """
    for part in ("_look_up", "_keep", "_put", "_get"):
        broken = type("Broken", (PageCache,), {part: lambda *_: 1 / 0})(city.app, city.settings)
        caplog.clear()
        for _ in range(3):
            assert "note=first" in city.get(PAGE, cache=broken).text
        assert len(caplog.records) == 1


def test_the_answer_is_closed_once_it_is_read(city):
    closed = []

    class Body(list):
        def close(self):
            closed.append(True)

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain"), *city.public])
        return Body([b"a", b"b"])

    cache = PageCache(app, city.settings)
    assert [city.get(PAGE, cache=cache).text for _ in range(2)] == ["ab", "ab"]
    assert closed == [True]
    city.public = [("Set-Cookie", "a=1")]  # a page for everybody no more
    city.write("second")
    city.get(PAGE, cache=cache)
    city.get(PAGE, cache=cache, cookie="a=1")  # asked without the cookie, then with it
    assert closed == [True] * 4
