"""Keeps every public page and file of a running Splot, so that two versions can be compared byte
for byte.

    python -m benchmarks.snapshot http://127.0.0.1:8000 /tmp/before
    python -m benchmarks.snapshot http://127.0.0.1:8001 /tmp/after
    diff -rq /tmp/before /tmp/after

Follows the links of pages from the first screens on; with an account of the demonstration as third
argument ("coordinator@poznan.example") as that person sees them, without the many ways to filter
and sort. What differs at every start is made the same: the server's own address, hashes in the
names of styles and scripts, tokens of forms, and the moment at which rows were made.
"""

import re
import sys
from collections import deque
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urldefrag, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

LINK = re.compile(rb'(?:href|src)="([^"]+)"')
CHANGING = (
    re.compile(rb"\b(splot|htmx|favicon)\.([0-9a-f]{8})\."),
    re.compile(rb"(DTSTAMP|LAST-MODIFIED|CREATED):([0-9TZ]+)"),
    re.compile(rb'(name="csrfmiddlewaretoken" value=)("\w+")'),
    re.compile(rb'("X-CSRFToken": ?)("\w+")'),
    re.compile(rb'(name="(?:once|idempotency_key)" value=)("[0-9a-f-]{36}")'),
)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
PASSWORD = "splot-demo"  # of every account of the demonstration
MOST_PAGES = 5000


def links_in(body: bytes, base: str) -> list[str]:
    """The addresses of the same server that a page leads to, without fragments."""
    found = []
    for match in LINK.finditer(body):
        words = match[1].decode().replace("&amp;", "&")
        address = urldefrag(urljoin(base, words)).url
        if urlsplit(address).netloc == urlsplit(base).netloc and "/assets/" not in address:
            found.append(address)
    return found


def file_name(address: str) -> str:
    """One flat name for an address: path and query, with everything else escaped."""
    parts = urlsplit(address)
    words = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    return quote(words.strip("/") or "index", safe="")[:240]


def fetch(
    opener: OpenerDirector, address: str, form: dict[str, str] | None = None
) -> tuple[int, str, bytes]:
    """Status, content type and body of an address."""
    data = urlencode(form).encode() if form else None
    try:
        with opener.open(address, data, timeout=120) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read()


def signed_in(server: str, account: str) -> OpenerDirector:
    """A browser of that account, or of nobody for ""."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    if account:
        address = f"{server}/en/sign-in/"
        opener.addheaders.append(("Referer", address))
        token = TOKEN.search(fetch(opener, address)[2].decode())
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "username": account, "password": PASSWORD}
        status, __, body = fetch(opener, address, form)
        assert status == 200 and b'name="password"' not in body, f"nobody signs in as {account}"
    return opener


def normalised(body: bytes, server: str) -> bytes:
    for pattern in CHANGING:
        body = pattern.sub(rb"\1...", body)
    return body.replace(server.encode(), b"http://server").replace(
        urlsplit(server).netloc.encode(), b"server"
    )


def keep_pages(server: str, folder: Path, account: str = "") -> int:
    """Crawl the server breadth first and write each answer into the folder; gives how many."""
    folder.mkdir(parents=True, exist_ok=True)
    opener = signed_in(server, account)
    languages = ("en",) if account else ("pl", "en", "uk")
    waiting = deque(f"{server}/{language}/" for language in languages)
    seen = set(waiting)
    count = 0
    while waiting and count < MOST_PAGES:
        address = waiting.popleft()
        status, kind, body = fetch(opener, address)
        head = f"{status} {kind}\n".encode()
        (folder / file_name(address)).write_bytes(head + normalised(body, server))
        count += 1
        if kind != "text/html" or status != 200:
            continue
        for link in links_in(body, address):
            parts = urlsplit(link)
            is_wanted = parts.path.split("/")[1] in languages and not (account and parts.query)
            if link not in seen and "/sign-" not in link and is_wanted:
                seen.add(link)
                waiting.append(link)
    return count


if __name__ == "__main__":
    print(keep_pages(sys.argv[1].rstrip("/"), Path(sys.argv[2]), *sys.argv[3:]), "pages and files")
