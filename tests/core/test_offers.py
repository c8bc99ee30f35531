"""Rooms offer by having a file; who gathers names no room."""

import inspect
from importlib import import_module
from typing import Any

import pytest

from splot.core.offers import Offer, installed_rooms, module_of_room, modules_named
from splot.core.unsaved import page_names, sent_forms

# where the shapes of offers are declared
DECLARED = [module for module in modules_named("offers") if module.__name__ != "splot.core.offers"]
DECLARED += [page_names, sent_forms]


def declared_offers() -> dict[str, tuple[Offer[Any], Any]]:
    """{name: (offer, the protocol that its functions keep)}."""
    found = {}
    for module in DECLARED:
        hints = inspect.get_annotations(module, eval_str=True)
        for name, value in vars(module).items():
            if isinstance(value, Offer) and name in hints:
                found[name] = (value, hints[name].__args__[0])
    return found


def test_modules_are_found_in_the_order_of_the_settings() -> None:
    rooms = [each.name for each in installed_rooms()]
    found = [module.__name__.removesuffix(".models") for module in modules_named("models")]
    assert found == [room for room in rooms if room in found]
    assert len(found) > 6
    # django.contrib.auth has addresses too, and is no room
    assert "django.contrib.auth.urls" not in {each.__name__ for each in modules_named("urls")}
    assert modules_named("no_such_furniture") == ()


def test_a_page_leads_to_what_its_room_offers() -> None:
    assert module_of_room("splot.policy.pages.text", "rules").__name__ == "splot.policy.rules"
    assert module_of_room("splot.policy.pages.text", "no_such_furniture") is None
    assert module_of_room("django.urls", "rules") is None


@pytest.mark.parametrize("name", sorted(declared_offers()))
def test_offered_functions_take_what_their_protocol_says(name: str) -> None:
    offer, protocol = declared_offers()[name]
    wanted = list(inspect.signature(protocol.__call__).parameters)[1:]
    assert offer.gather(), "nobody offers this"
    for function in offer.gather():
        assert list(inspect.signature(function).parameters) == wanted, function.__module__


def test_a_file_that_offers_offers_something() -> None:
    """A misspelt function would be gathered by nobody."""
    for file in {offer.module for offer, __ in declared_offers().values()}:
        names = {offer.function for offer, __ in declared_offers().values() if offer.module == file}
        assert [each.__name__ for each in modules_named(file) if not names & set(vars(each))] == []


def test_control_a_file_in_a_rooms_folder_is_enough(tmp_path: Any, monkeypatch: Any) -> None:
    (tmp_path / "offered_here.py").write_text("def thing() -> str:\n    return 'here'\n")
    catalogue = import_module("splot.catalogue")
    monkeypatch.setattr(catalogue, "__path__", [*catalogue.__path__, str(tmp_path)])
    modules_named.cache_clear()
    offer: Offer[Any] = Offer("offered_here", "thing")
    assert [thing() for thing in offer.gather()] == ["here"]
    assert Offer("offered_here", "other").gather() == []
    assert offer.of_room("splot.catalogue.pages.catalogue")() == "here"
    assert offer.of_room("splot.policy.pages.text") is None
    modules_named.cache_clear()
