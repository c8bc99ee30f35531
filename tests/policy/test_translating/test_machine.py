"""The machine fills gaps, marks what it made, and stops without losing anything."""

import re

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from lxml import html

from splot.core.actions import Refused
from splot.core.models import AuditEntry
from splot.policy.actions.passages import change_part
from splot.policy.models import Activity, Policy
from splot.translations.actions.machine import (
    save_machine_translations,
    start_machine_translation,
    translate_missing,
)
from splot.translations.machine import configured_translator
from splot.translations.machine.markup import translate_texts
from splot.translations.machine.status import MACHINE_TASK, machine_status
from tests.policy.test_translating.passages import (
    address,
    adopted,
    first,
    in_language,
    page_of,
    say,
    shown,
    words,
)
from tests.translations.test_machine import Server


def work() -> DBTaskResult:
    """What the background worker does with the newest job."""
    job = DBTaskResult.objects.order_by("enqueued_at").last()
    job.claim("worker")
    job.set_successful(translate_missing.call(**job.args_kwargs["kwargs"]))
    return job


def test_without_a_translator_there_is_no_button(editor: Client, draft: Policy) -> None:
    tree = page_of(editor.get(address(draft)))
    assert "by machine" not in words(tree)
    assert editor.post(address(draft, "translate_by_machine")).status_code == 302
    assert not DBTaskResult.objects.exists()


def test_the_machine_translates_what_is_missing_and_marks_it(
    editor: Client, draft: Policy, server: Server
) -> None:
    by_a_person = say(first(draft), "людина")
    tree = page_of(editor.get(address(draft)))
    assert "Translate what is missing by machine (11 texts)" in words(tree)
    assert editor.post(address(draft, "translate_by_machine")).status_code == 302
    tree = page_of(editor.get(address(draft)))
    assert "The machine is translating" in words(tree.get_element_by_id("machine"))
    assert "0 of 11" in words(tree.get_element_by_id("machine"))
    assert "every" in tree.get_element_by_id("machine").get("hx-trigger")
    assert work().return_value == {"kept": 11, "damaged": 0, "why": "", "detail": ""}
    counts = in_language(draft).counts
    assert counts == {"missing": 0, "outdated": 0, "machine": 11, "current": 1}
    assert Activity.objects.get(pk=by_a_person.pk).text.texts["uk"] == "людина"
    assert (
        draft.activities.last().text.texts["uk"]
        == f"uk {draft.activities.last().text.source_wording}"
    )
    asked = AuditEntry.objects.filter(verb="activity.translated_by_machine")
    assert {entry.by.memberships.get().role for entry in asked} == {"editor"}
    answer = editor.get(address(draft), headers={"HX-Request": "true", "HX-Target": "machine"})
    piece = html.fragment_fromstring(answer.content.decode())
    assert piece.get("hx-trigger") is None
    assert "11 texts were made by a machine and wait for a person" in words(piece)


def test_a_second_press_starts_nothing_while_the_first_works(
    draft: Policy, server: Server, editor: Client
) -> None:
    for __ in range(2):
        editor.post(address(draft, "translate_by_machine"))
    assert DBTaskResult.objects.get().task_path == MACHINE_TASK
    editor.post(address(draft, "translate_by_machine", "en"))
    assert DBTaskResult.objects.count() == 2


def test_a_job_without_a_sign_of_life_can_be_started_again(draft: Policy, server: Server) -> None:
    start_machine_translation(by=None, translation=in_language(draft))
    DBTaskResult.objects.update(enqueued_at="2020-01-01T00:00:00Z", status="RUNNING")
    machine = machine_status(in_language(draft))
    assert (machine.is_working, machine.why) == (False, "broken")
    start_machine_translation(by=None, translation=in_language(draft))
    assert DBTaskResult.objects.count() == 2


def test_nothing_missing_is_nothing_to_start(draft: Policy, server: Server) -> None:
    for each in in_language(draft).texts:
        say(each.row, "готово", each.field)
    with pytest.raises(Refused):
        start_machine_translation(by=None, translation=in_language(draft))


def test_a_person_who_is_faster_than_the_machine_is_not_overwritten(
    draft: Policy, server: Server
) -> None:
    row = draft.activities.last()

    translation = in_language(draft)
    missing = translation.texts
    answers = translate_texts(
        configured_translator(), [each.text.source_wording for each in missing], "pl", "uk"
    )
    say(row, "людина була швидша")  # while the server thinks
    kept = save_machine_translations(
        by=None, translation=translation, wordings=list(zip(missing, answers, strict=True))
    )
    assert kept == len(missing) - 1
    now = Activity.objects.get(pk=row.pk).text
    assert (now.texts["uk"], now.state("uk")) == ("людина була швидша", "current")


def test_a_server_that_goes_away_stops_the_work_and_keeps_what_is_done(
    draft: Policy, server: Server, editor: Client
) -> None:
    def tell(text: str) -> str:
        if len(server.asked) > 1:
            server.answer = (500, {"error": "out of memory"})
        return f"uk {text}"

    server.tell = tell
    editor.post(address(draft, "translate_by_machine"))
    ended = work().return_value
    assert (ended["kept"], ended["why"], ended["detail"]) == (10, "refused", "500 out of memory")
    assert in_language(draft).counts["machine"] == 10
    tree = page_of(editor.get(address(draft)))
    assert "refused: 500 out of memory" in words(tree.get_element_by_id("machine"))
    server.stop()
    editor.post(address(draft, "translate_by_machine"))
    assert work().return_value["why"] == "unreachable"
    tree = page_of(editor.get(address(draft)))
    assert "cannot be reached" in words(tree.get_element_by_id("machine"))
    assert "Translate what is missing by machine (2 texts)" in words(tree)


def test_a_language_that_the_server_does_not_know_is_said(
    draft: Policy, server: Server, editor: Client
) -> None:
    editor.post(address(draft, "translate_by_machine", "ka"))
    work()
    assert "does not know this language" in words(
        page_of(editor.get(address(draft, language="ka")))
    )
    assert server.asked == []


def test_texts_whose_marks_would_be_lost_are_left_and_counted(
    draft: Policy, server: Server, editor: Client
) -> None:
    row = first(draft)
    change_part(
        by=None,
        part=row,
        version=row.version,
        text=row.text.written("pl", "kursy dla [liczba] osób"),
    )
    server.tell = lambda text: re.sub(r"<[^>]+>|\[|\]", "", f"uk {text}")
    editor.post(address(draft, "translate_by_machine"))
    assert work().return_value["damaged"] == 1
    assert Activity.objects.get(pk=row.pk).text.state("uk") == "missing"
    tree = page_of(editor.get(address(draft)))
    assert "1 text was left for a person" in words(tree.get_element_by_id("machine"))


def test_machine_translation_reaches_the_adopted_text(draft: Policy, server: Server) -> None:
    version = adopted(draft)
    start_machine_translation(by=None, translation=in_language(draft))
    work()
    assert shown(version, "uk")[first(draft).ref] == (f"uk {first(draft).text.source_wording};", "")
