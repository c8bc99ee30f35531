"""No connection of a visitor holds up another: bodies are waited for beside the threads."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.conf import settings

from splot.core.pagecache import PageCache
from splot.serving.environ import build_environ
from splot.serving.guard import Guard
from tests.core.pagecache.serving import Site, environment, served

Message = dict[str, Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("guarded")
    with served("tests.serving.guarded:application", folder, environment(), "asginl") as running:
        yield running


def slow_body(site: Site, stack: ExitStack) -> socket.socket:
    """A request of which the greater part never comes."""
    connection = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
    connection.sendall(b"POST /echo HTTP/1.1\r\nHost: it\r\nContent-Length: 1000\r\n\r\nbeginning")
    return connection


def test_many_slow_bodies_keep_nobody_waiting(site: Site) -> None:
    with ExitStack() as stack:
        for __ in range(40):  # five times as many as there are threads
            slow_body(site, stack)
        answer = site.ask("/echo", "POST", {"word": "here"})
        assert (answer.status, answer.text) == (200, "word=here")


def test_a_body_that_does_not_come_is_given_up(site: Site) -> None:
    with ExitStack() as stack:
        connection = slow_body(site, stack)
        connection.settimeout(60)
        assert connection.recv(100).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("body", [b"ZZ\r\nword\r\n0\r\n\r\n", b"30\r\nword"])
def test_a_broken_body_is_a_fault_of_its_sender(site: Site, body: bytes) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: it\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as connection:
        connection.sendall(head + body)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
    assert site.ask("/echo").status == 200


def test_a_long_body_and_a_long_answer_come_whole(site: Site) -> None:
    words = "długie słowo " * 100_000
    answer = site.ask("/echo", "POST", {"word": words})
    assert len(answer.text) > 1_000_000
    assert answer.text.startswith("word=d%C5%82ugie+s")


def test_the_address_comes_as_it_was_sent(site: Site) -> None:
    assert site.ask("/path/%C5%82%2F%FF?a=%C5%82&b=1").text == repr(
        ("/path/ł/".encode() + b"\xff", "a=%C5%82&b=1")
    )


def asked(headers: list[tuple[bytes, bytes]], *parts: bytes) -> list[Message]:
    """What a guarded application sends for a request whose body comes in these parts."""
    coming = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    coming.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Message] = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": headers,
    }

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Guard(PageCache(length_and_cookies, settings))(scope, receive, send))
    return sent


def length_and_cookies(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    read = len(environ["wsgi.input"].read())
    told = [environ["CONTENT_LENGTH"], str(read), environ.get("HTTP_COOKIE", "")]
    return [" ".join(told).encode()]


def test_a_body_of_unknown_length_gets_one() -> None:
    sent = asked([(b"transfer-encoding", b"chunked")], b"four", b"more")
    assert sent[-1]["body"] == b"8 8 "


def test_what_is_too_large_is_not_taken_and_its_length_is_told() -> None:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    declared = str(most + 1).encode()
    assert asked([(b"content-length", declared)], b"x")[-1]["body"] == declared + b" 0 "
    many = [b"x" * 1_000_000] * (most // 1_000_000 + 3)
    told, __ = asked([(b"transfer-encoding", b"chunked")], *many)[-1]["body"].split()
    assert most < int(told) <= most + 1_000_000


def test_cookies_in_two_lines_are_one_header() -> None:
    headers = [(b"content-length", b"0"), (b"cookie", b"a=1"), (b"cookie", b"b=2")]
    assert asked(headers)[-1]["body"] == b"0 0 a=1; b=2"


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    headers = [(b"content-length", b"0"), (b"content_length", b"9"), (b"cookie", b"a=1")]
    assert asked([*headers, (b"coo_kie", b"x"), (b"cookie_", b"b=2")])[-1]["body"] == b"0 0 a=1"
    assert asked([(b"content-length", b"0"), (b"content_length", b"9" * 5000)])[-1]["body"]


def test_a_false_header_for_a_proxy_is_not_heard() -> None:
    scope = {
        "http_version": "1.1",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(b"x_forwarded_proto", b"https"), (b"x-real-ip", b"here")],
    }
    environ = build_environ(scope)
    assert "HTTP_X_FORWARDED_PROTO" not in environ
    assert environ["HTTP_X_REAL_IP"] == "here"
