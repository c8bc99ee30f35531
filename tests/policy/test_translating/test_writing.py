"""Translations are kept, approved, in conflict or missing; the frozen public text follows them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from splot.core.actions import Conflict
from splot.core.models import AuditEntry
from splot.policy.actions.act_imports import add_act_translation
from splot.policy.actions.passages import change_part
from splot.policy.actions.versions import freeze_version
from splot.policy.compose import compose_document
from splot.policy.contents import contents_of
from splot.policy.models import Activity, Policy, PolicyVersion, Step
from splot.translations.actions.texts import approve_translation
from tests import factories
from tests.policy.test_translating.passages import (
    ACTIVITY,
    adopted,
    first,
    in_language,
    say,
    shown,
    translation_of_row,
)


def test_a_translation_is_kept_said_and_no_step_of_writing(draft: Policy) -> None:
    steps, row = Step.objects.count(), first(draft)
    now = say(row, " навчання польської ")
    assert now.text.texts["uk"] == "навчання польської"
    assert (now.text.state("uk"), now.version) == ("current", row.version + 1)
    assert Step.objects.count() == steps
    entry = AuditEntry.objects.last()
    assert (entry.verb, entry.object_id) == ("activity.translated", row.pk)
    assert entry.changes["text"][1]["texts"]["uk"] == "навчання польської"


def test_without_words_it_is_missing_again(draft: Policy) -> None:
    row = say(first(draft), "навчання")
    row = say(row, "  ")
    assert row.text.state("uk") == "missing"
    assert row.text == Activity.objects.get(pk=row.pk).text
    assert "uk" not in row.text.texts


def test_another_wording_meanwhile_is_a_conflict_and_the_same_is_none(draft: Policy) -> None:
    row = first(draft)
    say(row, "перший")
    with pytest.raises(Conflict) as conflict:
        say(row, "другий", seen="")
    assert conflict.value.current.text.texts["uk"] == "перший"
    assert say(row, "перший", seen="").text.texts["uk"] == "перший"
    assert say(row, "другий", seen="перший").text.texts["uk"] == "другий"


def test_another_field_changed_meanwhile_bothers_nobody(draft: Policy) -> None:
    row = first(draft)
    change_part(
        by=None,
        part=Activity.objects.get(pk=row.pk),
        version=row.version,
        audience=factories.text("Dorośli"),
    )
    now = say(row, "навчання", seen="")
    assert (now.text.texts["uk"], now.audience.source_wording) == ("навчання", "Dorośli")


def test_a_source_that_moved_on_meanwhile_leaves_the_translation_outdated(draft: Policy) -> None:
    row = first(draft)
    before = row.text.source_wording
    change_part(
        by=None, part=row, version=row.version, text=row.text.written("pl", "uczenie czytania")
    )
    now = say(Activity.objects.get(pk=row.pk), "навчання польської", original=before)
    assert now.text.state("uk") == "outdated"
    assert now.text.earlier["uk"] == before
    right = approve_translation(
        by=None,
        translation=translation_of_row(now),
        row=now,
        field="text",
        seen="навчання польської",
        original="uczenie czytania",
    )
    assert (right.text.state("uk"), right.text.earlier) == ("current", {})


def test_nobody_approves_what_they_have_not_seen(draft: Policy) -> None:
    row = say(first(draft), "машина", machine=True)
    assert row.text.state("uk") == "machine"
    with pytest.raises(Conflict):
        approve_translation(
            by=None,
            translation=translation_of_row(row, "uk"),
            row=row,
            field="text",
            seen="щось інше",
        )
    with pytest.raises(Conflict):
        approve_translation(
            by=None, translation=translation_of_row(row, "en"), row=row, field="text", seen=""
        )
    now = approve_translation(
        by=None, translation=translation_of_row(row), row=row, field="text", seen="машина"
    )
    assert now.text.state("uk") == "current"
    assert AuditEntry.objects.last().verb == "activity.translation_approved"


def test_a_machine_overwrites_nothing(draft: Policy) -> None:
    row = say(first(draft), "людина")
    for wording in ("машина", "людина"):
        with pytest.raises(Conflict):
            say(row, wording, seen="людина", machine=True)
    assert Activity.objects.get(pk=row.pk).text.state("uk") == "current"


def test_the_source_is_not_translated_into_itself(draft: Policy) -> None:
    with pytest.raises(ValueError, match="source"):
        say(first(draft), "inaczej", language="pl")
    assert first(draft).text.source_wording.startswith(ACTIVITY)


def test_an_adopted_text_follows_its_translations(draft: Policy) -> None:
    version = adopted(draft)
    own = version.texts["pl"]
    assert set(version.texts) == {"pl"}
    row = say(first(draft), "навчання польської")
    assert shown(version, "uk")[row.ref] == ("навчання польської;", "")
    other = draft.activities.last()
    assert shown(version, "uk")[other.ref][1] == "pl"
    assert PolicyVersion.objects.get(pk=version.pk).texts["pl"] == own
    say(row, "")
    assert shown(version, "uk")[row.ref][1] == "pl"


def test_a_text_translated_whole_is_what_freezing_it_would_give(draft: Policy) -> None:
    version = adopted(draft)
    for each in in_language(draft).texts:
        say(each.row, f"{each.text.source_wording} по-українськи", each.field)
    expected = compose_document(contents_of(Policy.objects.get(pk=draft.pk)), "uk").to_json()
    assert PolicyVersion.objects.get(pk=version.pk).texts["uk"] == expected


def test_what_changes_nothing_is_not_written(draft: Policy) -> None:
    adopted(draft)
    say(first(draft), "навчання")
    with CaptureQueriesContext(connection) as queries:
        say(first(draft), "навчання")
    assert not [query for query in queries if 'UPDATE "policy_policyversion"' in query["sql"]]
    with CaptureQueriesContext(connection) as queries:
        say(first(draft), "навчання і гра")
    assert len([query for query in queries if 'UPDATE "policy_policyversion"' in query["sql"]]) == 1


def test_a_text_in_consultation_does_not_say_what_was_written_after_it(draft: Policy) -> None:
    row = say(first(draft), "стара")
    frozen = freeze_version(by=None, policy=draft, version=draft.version, stage="consultation")
    row = Activity.objects.get(pk=row.pk)
    row.policy = Policy.objects.get(pk=draft.pk)
    change_part(
        by=None, part=row, version=row.version, text=row.text.written("pl", "zupełnie co innego")
    )
    row = say(row, "зовсім інше")
    assert shown(frozen, "uk")[row.ref] == ("стара;", "")
    other = say(draft.activities.last(), "нове")
    assert shown(frozen, "uk")[other.ref] == ("нове.", "")


def test_a_text_kept_for_the_team_stays_as_it_was(draft: Policy) -> None:
    frozen = freeze_version(by=None, policy=draft, version=draft.version, stage="draft")
    say(first(draft), "навчання")
    assert set(PolicyVersion.objects.get(pk=frozen.pk).texts) == {"pl"}


def test_an_act_translated_whole_gets_the_passages_that_were_translated_anew(
    policy: Policy,
) -> None:
    tree, __ = policy.versions.first().document("pl")
    for node, __ in tree.walk():
        node.text = node.text and f"uk {node.text}"
    add_act_translation(by=None, policy=policy, document=tree, language="uk")
    version, before = policy.versions.first(), shown(policy.versions.first(), "uk")
    aim, activity = policy.aims.first(), first(policy)
    say(activity, "навчання польської мови")
    after = shown(version, "uk")
    assert after[activity.ref] == ("навчання польської мови;", "")
    assert {ref for ref in after if after[ref] != before[ref]} == {activity.ref}
    listed = policy.provisions.get(kind="general")
    say(listed, "Політика служить усім")
    assert shown(version, "uk")[listed.ref] == ("Політика служить усім.", "")
    assert aim.text.texts["uk"]


def test_an_act_that_was_read_gets_no_text_of_its_own_making(policy: Policy) -> None:
    say(first(policy), "навчання")
    assert set(policy.versions.first().texts) == {"pl"}
