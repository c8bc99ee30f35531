"""Every button of every page, pressed without scripts: what stands in its form is found afterwards,
in a row, among what could not be saved, or in the answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.test import Client
from lxml import html

from splot.core.models import Versioned
from splot.core.offers import ROOMS
from tests import factories
from tests.browser import Fields, browser, words_of
from tests.world import Town, addresses_to_write_at

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = "Słowo, które nie ginie, choć przycisk jest inny."
# what a browser sends as text
TEXTS = "self::textarea or self::input[@type='text' or not(@type)]"
# buttons that are there to throw words away
DISCARDING = {"discard"}


@dataclass
class Button:
    """A button of a form: where it sends what, and the fields for words."""

    page: str
    action: str
    label: str
    fields: Fields
    written: list[str]


def buttons_of(client: Client, address: str) -> list[Button]:
    """The buttons of the forms of a page in which one can write, wherever they stand on it."""
    page = client.get(address)
    if page.status_code != 200 or "html" not in page["Content-Type"]:
        return []
    tree, found = html.fromstring(page.content.decode()), []
    for form in tree.xpath("//form[@method='post']"):
        controls = list(_controls_of(tree, form))
        written = [str(each.get("name")) for each in controls if each.xpath(TEXTS)]
        if not written or form.xpath(".//input[@type='password']"):
            continue
        fields = dict(form.form_values())
        fields |= {name: f"{name}: {WORDS}" for name in written}
        for button in controls:
            if button.tag == "button" and button.get("type", "submit") == "submit":
                own = {button.get("name"): button.get("value", "")} if button.get("name") else {}
                action = button.get("formaction") or form.get("action") or address
                label = " ".join(button.text_content().split())
                found.append(Button(address, action, label, fields | own, written))
    return [each for each in found if not DISCARDING & set(each.fields)]


def _controls_of(tree: Any, form: Any) -> Iterator[Any]:
    """What belongs to a form: what stands in it, and what names it."""
    own = tree.xpath("//*[@form=$form]", form=form.get("id")) if form.get("id") else []
    for control in [*form.iter("input", "textarea", "select", "button"), *own]:
        is_ours = control.get("form") in (None, form.get("id")) and control.get("disabled") is None
        if is_ours and (control.tag == "button" or control.get("name")):
            yield control


def words_lost(button: Button, answer: Any) -> list[str]:
    """The fields whose words stand nowhere."""
    stored, shown = all_stored_words(), words_of(answer)
    texts = {name: f"{name}: {WORDS}" for name in button.written}
    return [name for name, text in texts.items() if text not in stored and text not in shown]


def all_stored_words() -> str:
    """What stands in any column for words of any room, but for the trail."""
    words = []
    for config in apps.get_app_configs():
        for model in config.get_models() if config.name.startswith(ROOMS) else ():
            columns = [
                field.attname for field in model._meta.concrete_fields if _holds_words(field)
            ]
            if columns and model._meta.label != "core.AuditEntry":
                words += map(str, model._base_manager.values_list(*columns))
    return "\n".join(words)


def _holds_words(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def write_nothing() -> None:
    """Nobody else was there."""


def write_everything() -> None:
    """Somebody else has changed every row, while the page was open."""
    for model in apps.get_models():
        if issubclass(model, Versioned):
            model._base_manager.update(version=F("version") + 1)


@pytest.mark.parametrize("meanwhile", [write_nothing, write_everything])
def test_no_button_loses_the_words_of_its_form(db: None, meanwhile: Callable[[], None]) -> None:
    town = Town("poznan")
    user = factories.user(town.municipality, "coordinator")
    lost, pressed, pages = [], 0, set()
    client = browser(user)
    for address in addresses_to_write_at(town):
        for place in range(len(buttons_of(client, address))):
            with transaction.atomic():
                visitor = browser(user)
                button = buttons_of(visitor, address)[place]
                meanwhile()
                answer = visitor.post(button.action, button.fields)
                for name in words_lost(button, answer):
                    lost.append(f"{button.page} [{button.label}] {name}")
                pressed, pages = pressed + 1, pages | {address}
                transaction.set_rollback(True)
    assert lost == []
    assert pressed > 40 and town.addresses["personal_report"] in pages


def test_control_a_button_that_takes_no_words_is_noticed(db: None) -> None:
    town = Town("poznan")
    client = browser(factories.user(town.municipality, "coordinator"))
    (opened, *__) = buttons_of(client, town.addresses["groups"])
    elsewhere = town.addresses["choose_columns"]
    button = Button(opened.page, elsewhere, "Show", opened.fields, opened.written)
    assert words_lost(button, client.post(elsewhere, button.fields)) == ["name"]
    assert words_lost(opened, client.post(opened.action, opened.fields)) == []
