"""Finds every kind of page by following links, as people do: what no link leads to is not found."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation
from playwright.sync_api import Page

LINK = re.compile(r"<a\s[^>]*?href=\"([^\"#]+)")
SEEN_OF_A_KIND = 2  # how many pages of one kind are searched for links to other kinds


def found_by_links(page: Page, *starts: str) -> dict[str, str]:
    """An address for every kind of page (by the name of its address) that links lead to from
    `starts`.
    """
    found: dict[str, list[str]] = {}
    files: set[str] = set()
    waiting = list(starts)
    while waiting:
        address = waiting.pop(0)
        name = name_of(urlsplit(address).path)
        kind = found.setdefault(name, []) if name else None
        if kind is None or address in kind or len(kind) == SEEN_OF_A_KIND:
            continue
        kind.append(address)
        if name in files:
            continue
        answer = page.request.get(address)
        assert answer.ok, f"a link leads to {address}: {answer.status}"
        if "html" not in answer.headers["content-type"]:
            files.add(name)  # one is enough: no link leads out of it
        else:
            waiting += [
                urljoin(address, link.replace("&amp;", "&")) for link in LINK.findall(answer.text())
            ]
    return {name: addresses[0] for name, addresses in found.items()}


def name_of(path: str) -> str | None:
    """The name of an address in Polish; of other languages and other sites None."""
    with translation.override("pl"):
        try:
            return resolve(path).url_name
        except Resolver404:
            return None


def kinds_of_pages() -> set[str]:
    """The names of all addresses that can be visited."""
    return {each.name for each in patterns(get_resolver()) if "GET" in each.callback.door.methods}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        elif hasattr(each.callback, "door"):
            yield each
