"""A browser for tests without one: its forms carry their tokens, and are sent as they stand on the
page.
"""

import re
from html import unescape
from typing import Any

from django.test import Client
from lxml import html

from splot.people.models import User
from tests import factories

HTMX = {"HX-Request": "true"}
Fields = dict[str, Any]  # words, or a list where several boxes are ticked


def browser(user: User | None = None) -> Client:
    """A browser, signed in through the form if an account is given."""
    client = Client(enforce_csrf_checks=True)
    if user:
        sign_in(client, user)
    return client


def sign_in(client: Client, user: User, next_page: str = "/en/poznan/desk/") -> str:
    """Sign in through the form; gives where that leads."""
    page = client.get("/en/sign-in/", {"next": next_page})
    form = {**fields_of(page), "username": user.email, "password": factories.PASSWORD}
    answer = client.post("/en/sign-in/", form)
    assert answer.status_code == 302
    return answer["Location"]


def end_session(client: Client) -> None:
    """What the browser has left when the session has ended."""
    client.cookies.pop("sessionid", None)


def fields_of(page: Any, form_id: str = "", place: int = -1, **values: Any) -> Fields:
    """What a browser sends of a form of the page, with these values in it: the one that is named,
    or else the one at this place, by default the last.
    """
    tree = html.fromstring(page.content.decode())
    forms = tree.xpath("//main//form[@method='post']")
    form = tree.get_element_by_id(form_id) if form_id else forms[place]
    shown: Fields = {}
    for name, value in form.fields.items():
        if value is None and getattr(form.inputs[name], "type", "radio") in ("checkbox", "radio"):
            continue  # nothing is ticked
        # the line end after <textarea> is none of its text
        is_text = value is None or isinstance(value, str)
        shown[name] = (value or "").removeprefix("\n") if is_text else list(value)
    return {**shown, **values}


def words_of(page: Any) -> str:
    """The page as it is read, with single spaces."""
    return re.sub(r"\s+", " ", unescape(page.content.decode()))
