"""Stands between the network and the application, so that no visitor's connection holds a thread: a
request is handed on once its whole body is here, and the whole answer is taken before it is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import Event
from typing import IO, Any
from wsgiref.types import WSGIApplication, WSGIEnvironment

from django.conf import settings

from splot.core.limits import render_error_page
from splot.core.pagecache import PageCache

from .environ import build_environ

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[str, str]]

THREADS = 4  # of each process
IN_MEMORY = 262_144  # bytes of a body or an answer; more of it goes to a temporary file
FIRST_SECONDS = 20  # for any body
BYTES_PER_SECOND = 10_000  # at which a longer body has to come: a slow telephone


class Guard:
    """An ASGI application in front of the page cache and Django. What the cache holds is answered
    at once; everything else is made in THREADS threads.
    """

    def __init__(self, page_cache: PageCache, first_seconds: float = FIRST_SECONDS) -> None:
        self.page_cache = page_cache
        self.first_seconds = first_seconds
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._loop: asyncio.AbstractEventLoop | None = None

    def wait_for_turn(self) -> None:
        """Return once a thread had time for it, and the loop of the visitors, if there were any."""
        self.threads.submit(int).result()
        if self._loop is not None:
            turn = Event()
            self._loop.call_soon_threadsafe(turn.set)
            turn.wait()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        environ = build_environ(scope)
        if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
            await self._answer_with_body(environ, receive, send)
        elif found := self.page_cache.find_in_memory(environ):
            status, headers, parts = found
            await send(start_message(status, headers))
            await send({"type": "http.response.body", "body": b"".join(parts)})
        else:
            await self._answer(environ, send)

    async def _answer_with_body(
        self, environ: WSGIEnvironment, receive: Receive, send: Send
    ) -> None:
        try:
            body = await receive_body(environ, receive, self.first_seconds)
        except BodyBroken:  # a visitor who has left does not hear it
            await send(start_message("400", [("Connection", "close")]))
            await send({"type": "http.response.body", "body": b""})
            return
        except TimeoutError:
            page = await self._in_thread(render_error_page, "400.html", 408)
            await send(start_message("408", [*page.items(), ("Connection", "close")]))
            await send({"type": "http.response.body", "body": page.content})
            return
        with body:
            environ["wsgi.input"] = body
            await self._answer(environ, send)

    async def _answer(self, environ: WSGIEnvironment, send: Send) -> None:
        answer = Answer()
        try:
            await self._in_thread(answer.take, self.page_cache, environ)
            await send(start_message(answer.status, answer.headers))
            part = answer.body.read(IN_MEMORY)
            while len(part) == IN_MEMORY:
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = answer.body.read(IN_MEMORY)
            await send({"type": "http.response.body", "body": part})
        finally:
            answer.body.close()

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work, *arguments)


class Answer:
    """The answer of an application: status, headers, and the whole body."""

    def __init__(self) -> None:
        self.status = "500"
        self.headers: Headers = []
        self.body: IO[bytes] = BytesIO()

    def take(self, application: WSGIApplication, environ: WSGIEnvironment) -> None:
        """Ask the application, all in the thread of its connection to the database."""
        parts = application(environ, self._start)
        try:
            for part in parts:
                self._write(part)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        self.body.seek(0)

    def _start(self, status: str, headers: Headers, error: Any = None) -> Any:
        self.status, self.headers = status, headers
        return self._write

    def _write(self, part: bytes) -> None:
        if isinstance(self.body, BytesIO) and self.body.tell() + len(part) > IN_MEMORY:
            held, self.body = self.body, SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
            self.body.write(held.getvalue())
        self.body.write(part)


class BodyBroken(Exception):
    """The whole body will not come: its visitor left, or its parts cannot be told apart."""


async def receive_body(
    environ: WSGIEnvironment, receive: Receive, first_seconds: float
) -> IO[bytes]:
    """The body of a request, whose length `environ` says from now on. One that is too large is not
    taken, and what is told of its length makes the application refuse it with a page.

    Raises TimeoutError for one that comes too slowly, and BodyBroken.
    """
    body: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (given on)
    declared = environ.get("CONTENT_LENGTH", "0")
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    started, more = asyncio.get_running_loop().time(), True
    try:
        while more and declared.isdecimal() and int(declared) <= most:
            until = started + first_seconds + body.tell() / BYTES_PER_SECOND
            async with asyncio.timeout_at(until):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise BodyBroken
            body.write(message.get("body", b""))
            more = message.get("more_body", False)
            if not more or body.tell() > most:
                declared = environ["CONTENT_LENGTH"] = str(body.tell())
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


def start_message(status: str, headers: Headers) -> Message:
    """What ASGI sends first of an answer."""
    encoded = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers]
    return {"type": "http.response.start", "status": int(status[:3]), "headers": encoded}
