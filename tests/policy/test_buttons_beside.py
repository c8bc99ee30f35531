"""The buttons beside a passage's form send its words along: without a script too, none is lost."""

import pytest

from splot.core.models import UnsavedEntry
from splot.people.models import User
from splot.policy.actions.passages import change_part
from splot.policy.models import Activity
from tests import factories
from tests.browser import browser, fields_of, words_of

pytestmark = pytest.mark.django_db
WORDS = "Kursy języka polskiego odbywają się także w soboty."
KIND = {"institution-kind": "ngo"}
WRITE = "/en/poznan/policy/2023-2024/write"


@pytest.fixture
def activity(town) -> Activity:
    activity: Activity | None = factories.policy(town, status="draft").activities.first()
    assert activity is not None
    return activity


def page_of(activity: Activity) -> str:
    return f"{WRITE}/activity/{activity.pk}/"


@pytest.mark.parametrize("name", ["adopt", "move", "institution", "drop"])
def test_words_are_saved_before_the_button_acts(
    activity: Activity, coordinator: User, name: str
) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(page_of(activity)), "autosave", text=WORDS)
    sent["suggested"] = "ngo Klub Most" if name == "institution" else ""
    area = activity.policy.areas.exclude(pk=activity.area_id).first() or activity.area
    aim = area.aims.first()
    sent["place"] = f"{area.pk}.{aim.pk if aim else ''}"
    assert client.post(addresses_of(activity)[name], sent).status_code == 302
    after = Activity.everything.get(pk=activity.pk)
    assert after.text.source_wording == WORDS
    assert after.area_id == (area.pk if name == "move" else activity.area_id)
    assert after.institutions.filter(name__icontains="Klub Most").exists() == (
        name == "institution"
    )
    assert Activity.objects.filter(pk=activity.pk).exists() == (name != "drop")
    assert not UnsavedEntry.objects.exists()


@pytest.mark.parametrize("name", ["adopt", "move", "institution", "drop"])
def test_words_that_cannot_be_saved_come_back_into_the_form(
    activity: Activity, coordinator: User, name: str
) -> None:
    """Somebody else has changed the passage meanwhile: the button does nothing."""
    client = browser(coordinator)
    sent = fields_of(client.get(page_of(activity)), "autosave", text=WORDS)
    change_part(by=None, part=activity, version=activity.version, text=factories.text("Inne"))
    answer = client.post(addresses_of(activity)[name], sent)
    page = client.get(answer["Location"])
    assert page.context["form"]["text"].value() == WORDS
    assert "Somebody else changed this while you were writing." in words_of(page)
    assert "The button did nothing." in words_of(page)
    conflict = client.post(page_of(activity), fields_of(page, "autosave"))
    assert "Inne" in words_of(conflict)
    client.post(page_of(activity), fields_of(conflict, "autosave"))
    assert Activity.objects.get(pk=activity.pk).text.source_wording == WORDS
    assert not UnsavedEntry.objects.exists()


def addresses_of(activity: Activity) -> dict[str, str]:
    key = activity.pk
    kind = f"{WRITE}/activity/{key}"
    return {
        "adopt": f"{WRITE}/activities/{key}/measure/",
        "move": f"{WRITE}/activities/{key}/place/",
        "institution": f"{kind}/institution/",
        "drop": f"{kind}/drop/",
    }


def test_an_institution_that_was_written_goes_in_with_the_passage(
    activity: Activity, coordinator: User
) -> None:
    client = browser(coordinator)
    sent = fields_of(client.get(page_of(activity)), "autosave", text=WORDS)
    client.post(page_of(activity), {**sent, "institution-name": "Klub Most", **KIND})
    names = [str(row.name) for row in activity.institutions.all()]
    assert "Klub Most" in names
