"""The door of every page: language, municipality, resource, permission; then the view.

    @page(can_edit_task, find=task_of)
    def edit(request, task): ...

The door finds the municipality of the address, hands it to `find` together with the address's other
parts (so a page never starts from a bare key), asks the rule once, and calls the view with the
request and what was found. Not found and not allowed look the same: 404. Who is not signed in is
asked to sign in, unless the page is public.

    @page(by_link=PersonalLink.Purpose.REPORT)
    def personal_report(request, link): ...

opens to whoever has a link of this purpose that is not over, and leaves no trace of its address.

What somebody wrote in a form that could not be saved is kept for them (`splot.core.unsaved`): since
the session had ended, the link was over, the resource is gone or no longer theirs, the page broke,
or it said so. Once the form is saved, it is let go.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponseNotAllowed, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.defaults import page_not_found

from splot.core.autosave import HtmxRequest
from splot.core.unsaved.reasons import Reason
from splot.core.unsaved.sent_forms import parse_words_to_copy

from .link_door import closed_page, keep_secret, pause_page, visit_by_token, writes_too_often
from .models import Municipality, User
from .rules import Visitor, anyone
from .session_end import answer_not_saved, ask_to_sign_in
from .unsaved import (
    Sender,
    keep_after_fault,
    keep_sent_form,
    page_address,
    remember_writer,
    restore_form,
    sender_by_account,
    sender_by_link,
    settle_sending,
)

RESOURCE_GONE = Reason(
    gettext_noop(
        "Meanwhile it was closed, published, removed or given to somebody else: "
        "it is not there any more, or it is no longer yours to change."
    )
)
Rule = Callable[[Visitor, Any], bool]
View = Callable[..., HttpResponseBase]
Scopes = Callable[[Any], Iterable[str]]


class Request(HtmxRequest):
    """A request that came in by the door: `municipality` is the one of its address."""

    municipality: Municipality | None


class SignedInRequest(Request):
    """A request of somebody who has signed in."""

    user: User


if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict


@dataclass(frozen=True)
class Door:
    """What a page declares; found on the view as `view.door`."""

    rule: Rule
    find: Callable[..., object] | None
    public: bool
    query: tuple[str, ...]
    methods: tuple[str, ...]
    scopes: Scopes | None = None

    def handle(
        self, view: View, request: Request, municipality: str | None, address: dict[str, object]
    ) -> HttpResponseBase:
        """The view's answer, if the resource is there and the user may; else the way to sign in, or
        404.
        """
        if self.asks_who() and not request.user.is_authenticated:
            return ask_to_sign_in(request, municipality, self.methods)
        sender = _sender_of(request, municipality)
        if self.public:
            request.GET = cast("_ImmutableQueryDict", self.declared(request.GET))
        elif sender:
            restore_form(request, sender)
        resource: object = None
        response: HttpResponseBase
        try:
            resource = self.find_resource(request, municipality, address)
            response = view(request, resource)
        except Http404 as error:
            response = self._not_found(request, error, sender)
            if self.scopes:  # whose change would bring the page is not known
                return response
        except Exception:
            if sender:
                keep_after_fault(request, sender, self.methods)
            raise
        if sender:
            settle_sending(request, response, sender, self.methods)
            remember_writer(request, response, cast("User", request.user))
        return self.marked_for_cache(request, response, resource) if self.public else response

    def _not_found(
        self, request: Request, error: Http404, sender: Sender | None
    ) -> HttpResponseBase:
        """404; a form that was sent there is kept, and shown with the reason."""
        if request.method == "POST" and sender and request.municipality:
            address = page_address(request, self.methods)
            if entry := keep_sent_form(request, sender, RESOURCE_GONE, address):
                return answer_not_saved(request, entry)
            if words := parse_words_to_copy(request):  # its writer has too many entries
                return render(request, "404.html", {"words": words}, status=404)
        return page_not_found(request, error)

    def asks_who(self) -> bool:
        return not self.public and self.rule is not anyone

    def find_resource(
        self,
        request: Request,
        municipality: str | None,
        address: dict[str, object],
    ) -> object:
        """What the address names, inside its municipality. Raises Http404 when it is not there or
        not for them.
        """
        resource: object = None
        request.municipality = None
        if municipality is not None:
            request.municipality = resource = get_object_or_404(Municipality, slug=municipality)
        if self.find is not None:
            place = () if municipality is None else (request.municipality,)
            resource = self.find(*place, **address)
        if not self.rule(request.user, resource):
            raise Http404
        return resource

    def decorate(self, view: View) -> View:
        guarded = require_http_methods(list(self.methods))(view)
        return guarded if self.public else never_cache(guarded)

    def declared(self, query: QueryDict) -> QueryDict:
        """The query without the parameters that the page does not read."""
        kept = query.copy()
        for name in set(kept) - set(self.query):
            del kept[name]
        return kept

    def marked_for_cache(
        self, request: Request, response: HttpResponseBase, resource: object
    ) -> HttpResponseBase:
        """Tell the page cache what the answer depends on; what a signed-in person sees is kept
        nowhere.
        """
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        else:
            own = request.municipality.scope if request.municipality else ""
            more = self.scopes(resource) if self.scopes else ()
            response["X-Splot-Cache"] = ",".join(sorted({own, *more}))
            response["X-Splot-Query"] = ",".join(self.query)
        return response


@dataclass(frozen=True)
class LinkDoor:
    """What a page declares that opens by a personal link; found on the view as `view.door`."""

    purpose: str
    methods: tuple[str, ...]
    rule: Rule = anyone  # the secret in the address is the only key

    def handle(
        self, view: View, request: Request, municipality: str | None, address: dict[str, object]
    ) -> HttpResponseBase:
        """The view's answer if the link opens, else the closed page; never with a trace of the
        address.
        """
        if request.method not in self.methods:
            return keep_secret(HttpResponseNotAllowed(self.methods))
        try:
            return keep_secret(self._answer(view, request, municipality, address))
        except Http404 as error:
            return keep_secret(page_not_found(request, error))

    def _answer(
        self, view: View, request: Request, municipality: str | None, address: dict[str, object]
    ) -> HttpResponseBase:
        request.municipality = None
        request.municipality = place = get_object_or_404(Municipality, slug=municipality)
        visit = visit_by_token(place, str(address.pop("token")), self.purpose)
        if visit.link is None:
            return closed_page(request, visit)
        if writes_too_often(request, visit.link):
            return pause_page(request)
        sender = sender_by_link(visit.link)
        restore_form(request, sender)
        try:
            response = view(request, visit.link, **address)
        except Exception:
            keep_after_fault(request, sender, ())
            raise
        settle_sending(request, response, sender, ())
        return response

    def asks_who(self) -> bool:
        return False

    def decorate(self, view: View) -> View:
        # No cookie counts here: a foreign page that knew the secret would need no forgery, and
        # without a referrer browsers hide the origin that the protection compares.
        return csrf_exempt(never_cache(view))


def _sender_of(request: Request, municipality: str | None) -> Sender | None:
    """Who sends a form to a page of a municipality, if they are signed in."""
    if municipality is None or not request.user.is_authenticated:
        return None
    return sender_by_account(request.user, municipality)


def page(
    rule: Rule | None = None,
    *,
    by_link: str | None = None,
    find: Callable[..., object] | None = None,
    public: bool = False,
    query: tuple[str, ...] = (),
    methods: tuple[str, ...] = ("GET", "HEAD"),
    scopes: Scopes | None = None,
) -> Callable[[View], View]:
    """Open a page to whom `rule(user, resource)` allows.

    `find(municipality, **address)` gives the resource or raises Http404; without it the resource
    is the municipality itself (None for a page of the whole installation). A `public` page is the
    same for everybody who is not signed in, so its answer may be kept by the page cache; `query`
    names the parameters that it reads, and all others are taken away before the view sees them.

    A public page that shows rows of other tenants than its address's names the cache scopes of all
    of them: `scopes(resource)`. It is made anew when any of them changes.

    `by_link` is the purpose of the personal links that open a page instead of a rule; its address
    has a `token`, and its view gets the link.
    """
    door: Door | LinkDoor
    if by_link is not None and rule is None and find is None and not (public or query or scopes):
        door = LinkDoor(by_link, methods)
    elif by_link is None and rule is not None:
        door = Door(rule, find, public, query, methods, scopes)
    else:
        raise TypeError("a page has a rule, or it opens by a link")

    def open_door(view: View) -> View:
        @wraps(view)
        def enter(
            request: Request,
            municipality: str | None = None,
            **address: object,
        ) -> HttpResponseBase:
            return door.handle(view, request, municipality, address)

        guarded = door.decorate(enter)
        guarded.door = door  # type: ignore[attr-defined]  # for the walk through every page
        return guarded

    return open_door
