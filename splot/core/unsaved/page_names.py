"""What a page is called on which somebody wrote something that could not be saved."""

from collections.abc import Mapping
from typing import Protocol

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from ..offers import Offer
from ..values import Words


class PageNames(Protocol):
    """`page_names.py`: {name of an address: what its page is called}, of the room's pages with
    forms. A name may have values of the address in it ("Task %(number)s").
    """

    def __call__(self) -> Mapping[str, Words]: ...


PAGE_NAMES: Offer[PageNames] = Offer("page_names", "page_names")


def name_page(address: str) -> str:
    """What the page of an address is called, in the active language; "" for one that no room
    names.
    """
    match = match_address(address)
    if match is None:
        return ""
    for page_names in PAGE_NAMES.gather():
        if match.url_name and (name := page_names().get(match.url_name)):
            return str(name) % match.kwargs
    return ""


def match_address(address: str) -> ResolverMatch | None:
    """The page of an address, in whatever language it stands; None where there is none."""
    path = address.partition("?")[0]
    language = path.strip("/").partition("/")[0]
    if language not in dict(settings.LANGUAGES):
        return None
    try:
        with override(language):
            return resolve(path)
    except Resolver404:  # of an earlier release
        return None
