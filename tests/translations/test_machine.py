"""Machine translation: what goes to the server, what comes back, and what is not taken because it
is damaged.
"""

import json
import socket
from collections.abc import Callable, Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from splot.translations.machine import (
    TranslatorFailed,
    TranslatorUnreachable,
    configured_translator,
)
from splot.translations.machine.libretranslate import LibreTranslate
from splot.translations.machine.markup import protect_marks, translate_texts, unprotect_marks


class Server:
    """A real server on the loopback that speaks the protocol of LibreTranslate; `tell` turns a text
    into another.
    """

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.tell: Callable[[str], Any] = lambda text: f"uk {text}"
        self.known = ["pl", "en", "uk"]
        self.answer: tuple[int, Any] | None = None  # instead of what was asked for
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                rows = [
                    {"code": code, "name": code, "targets": server.known} for code in server.known
                ]
                self.reply(*(server.answer or (200, rows)))

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append(body)
                told = [server.tell(text) for text in body["q"]]
                self.reply(*(server.answer or (200, {"translatedText": told})))

            def reply(self, status: int, data: Any) -> None:
                body = data if isinstance(data, bytes) else json.dumps(data).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def test_without_a_setting_there_is_no_translator(settings: Any) -> None:
    settings.SPLOT_TRANSLATOR = ""
    assert configured_translator() is None


def test_the_setting_names_the_translator_and_its_server(settings: Any, server: Server) -> None:
    settings.SPLOT_TRANSLATOR = "splot.translations.machine.libretranslate.LibreTranslate"
    settings.SPLOT_TRANSLATOR_URL = server.url + "/"
    assert configured_translator().translate(["Szkoła"], "pl", "uk") == ["uk Szkoła"]
    assert server.asked == [{"q": ["Szkoła"], "source": "pl", "target": "uk", "format": "html"}]


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ImproperlyConfigured):
        LibreTranslate("file:///etc/passwd")


def test_many_texts_go_in_several_requests_and_come_back_in_order(server: Server) -> None:
    texts = [f"zdanie {number} " + "x" * 300 for number in range(60)]
    assert LibreTranslate(server.url).translate(texts, "pl", "uk") == [
        f"uk {text}" for text in texts
    ]
    assert max(len(body["q"]) for body in server.asked) <= 25
    assert max(sum(map(len, body["q"])) for body in server.asked) <= 4000
    assert len(server.asked) > 4


def test_it_says_which_languages_it_knows(server: Server) -> None:
    server.known = ["pl", "tl"]
    assert LibreTranslate(server.url).languages() == {"pl", "tl", "fil"}
    LibreTranslate(server.url).translate(["Szkoła"], "pl", "fil")
    assert server.asked[0]["target"] == "tl"


@pytest.mark.parametrize(
    ("status", "data", "words"),
    [
        (400, {"error": "uk is not supported"}, "400 uk is not supported"),
        (500, b"<html>", "500"),
        (200, b"not json", "not JSON"),
        (200, {"translatedText": ["one", "two"]}, "one translation for each text"),
        (200, {"translatedText": "one"}, "one translation for each text"),
        (200, {"translatedText": [None]}, "one translation for each text"),
        (200, ["one"], "one translation for each text"),
    ],
)
def test_an_answer_that_cannot_be_used_says_why(
    server: Server, status: int, data: Any, words: str
) -> None:
    server.answer = (status, data)
    with pytest.raises(TranslatorFailed, match=words) as caught:
        LibreTranslate(server.url).translate(["Szkoła"], "pl", "uk")
    assert not isinstance(caught.value, TranslatorUnreachable)


def test_a_list_of_languages_that_cannot_be_read_says_so(server: Server) -> None:
    server.answer = (200, {"languages": 3})
    with pytest.raises(TranslatorFailed, match="list of languages"):
        LibreTranslate(server.url).languages()


def test_a_server_that_is_not_there_or_does_not_answer_is_unreachable() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(TranslatorUnreachable):
            LibreTranslate(address).translate(["Szkoła"], "pl", "uk")
        silent.listen()
        with pytest.raises(TranslatorUnreachable):
            LibreTranslate(address, seconds=0.2).translate(["Szkoła"], "pl", "uk")


def test_marks_and_references_come_back_as_they_were(server: Server) -> None:
    text = (
        "## Szkoła\n\n- **Nauka** języka, zob. § 4 ust. 1 pkt 2\n- dla [liczba] osób w {rok}\n\n"
        "1) więcej: [strona](https://example.org/a?b=1&c=2) <b> & reszta"
    )
    kept = ("**", "§ 4 ust. 1 pkt 2", "[liczba]", "{rok}", "](https://example.org/a?b=1&c=2)")
    server.tell = _shouting
    assert translate_texts(LibreTranslate(server.url), [text], "pl", "uk") == [
        "## SZKOŁA\n\n- **NAUKA** JĘZYKA, ZOB. § 4 ust. 1 pkt 2\n- DLA [liczba] OSÓB W {rok}\n\n"
        "1) WIĘCEJ: [STRONA](https://example.org/a?b=1&c=2) <B> & RESZTA"
    ]
    sent = " ".join(server.asked[0]["q"])
    assert all(f'<span translate="no">{mark}</span>' in sent.replace("&amp;", "&") for mark in kept)
    assert "##" not in sent
    assert "&lt;b&gt; &amp; reszta" in sent


def _shouting(html: str) -> str:
    """A machine that changes every letter but those it was told to leave alone."""
    pieces = html.split('<span translate="no">')
    made = [_upper(pieces[0])]
    for piece in pieces[1:]:
        mark, rest = piece.split("</span>", 1)
        made.append(f'<span translate="no">{mark}</span>{_upper(rest)}')
    return "".join(made)


def _upper(html: str) -> str:
    return unescape(html).upper().replace("&", "&amp;").replace("<", "&lt;")


def test_bold_letters_and_links_stay_close_to_their_words() -> None:
    answer = (
        '<span translate="no">**</span> learning <span translate="no">**</span> of '
        '<span translate="no">[</span> the page <span translate="no">](https://example.org)</span>'
    )
    assert (
        unprotect_marks("**nauka** ze [strony](https://example.org)", answer)
        == "**learning** of [the page](https://example.org)"
    )


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("zob. § 4 ust. 1", "see § 4(1)"),
        ("w {rok}", "in {year}"),
        ("dla [liczba] osób", "for people"),
        ("dla osób", "for **people**"),
        ("**nauka** i praca", "**learning and work"),
        ("nauka", "  "),
        ("nauka", "…"),
    ],
)
def test_an_answer_with_other_marks_is_not_taken(body: str, answer: str) -> None:
    assert unprotect_marks(body, answer) is None


def test_a_damaged_text_does_not_harm_its_neighbours(server: Server) -> None:
    server.tell = lambda html: "same words" if "{" not in html else "lost"
    assert translate_texts(
        LibreTranslate(server.url), ["Praca", "Praca w {rok}", "Dom"], "pl", "en"
    ) == [
        "same words",
        None,
        "same words",
    ]


def test_what_holds_no_words_never_leaves(server: Server) -> None:
    assert translate_texts(
        LibreTranslate(server.url), ["2023-2024", "§ 4 ust. 1", ""], "pl", "en"
    ) == [
        "2023-2024",
        "§ 4 ust. 1",
        "",
    ]
    assert server.asked == []


@given(st.text(alphabet="ab *_[](){}<>&§ 1.`|#-\n", max_size=60))
def test_a_machine_that_repeats_gives_any_text_back(text: str) -> None:
    class Echo:
        def translate(self, texts: list[str], source: str, target: str) -> list[str]:
            return texts

        def languages(self) -> None:
            return None

    given_back = translate_texts(Echo(), [text], "pl", "en")[0]
    assert given_back is not None
    assert _words_by_line(given_back) == _words_by_line(text)


def _words_by_line(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


@given(st.text(max_size=80).filter(lambda text: "\n" not in text and "\r" not in text))
def test_a_fence_never_lets_markup_through(body: str) -> None:
    rest = protect_marks(body).replace('<span translate="no">', "").replace("</span>", "")
    assert "<" not in rest
    assert unescape(rest) == body
