"""What can be found: in every form of a word, at once after a write, and never what is not public."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from splot.cli.serving import fill_outdated_tables
from splot.core.models import AuditEntry, Revision
from splot.implementation.actions.tasks import archive_task, change_task
from splot.implementation.columns import text_codes
from splot.implementation.models import Task
from splot.indicators.actions import add_indicator
from splot.people.models import Municipality, User
from splot.policy.actions.policies import publish_policy, start_amendment
from splot.policy.models import Policy
from splot.search.actions import learn_word_forms, rebuild_search
from splot.search.entries import search_table
from splot.search.models import EntryWord, SearchEntry, WordForm
from tests import factories
from tests.factories import text

pytestmark = pytest.mark.django_db
SEARCH = "/en/poznan/search/"


def search(question: str, client: Client | None = None, **more: str) -> str:
    answer = (client or Client()).get(SEARCH, {"q": question, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def finds(words: str, question: str, client: Client | None = None) -> bool:
    """Does the search lead to something with these words in its title?"""
    return words in without_marks(search(question, client))


def without_marks(page: str) -> str:
    return page.replace("<mark>", "").replace("</mark>", "")


def learn() -> None:
    """What the background worker does."""
    learn_word_forms.func()


def test_a_task_is_found_by_every_form_of_its_words(policy: Policy) -> None:
    factories.task(policy, title=text("Kursy języka", uk="Курси для родин"))
    learn()
    for form in ("kurs", "kursami", "KURSÓW", "jezykiem", "językach", "родинам", "курсів"):
        assert finds("Kursy języka", form), form
    assert not finds("Kursy języka", "kursant")


def test_an_entry_is_written_anew_when_its_words_change_and_only_then(policy: Policy) -> None:
    task = factories.task(policy, title=text("Kurs"))
    entry = SearchEntry.objects.get(model="implementation.task").pk
    task = change_task(by=None, task=task, version=task.version, priority=3)
    factories.update(task, "late")
    assert SearchEntry.objects.get(model="implementation.task").pk == entry
    for code in text_codes():
        word = f"Żeglarstwo{code}".replace("_", "")
        task = change_task(by=None, task=task, version=task.version, **{code: text(word)})
        assert finds("Kurs" if code != "title" else word, word), code
        if code == "title":
            task = change_task(by=None, task=task, version=task.version, title=text("Kurs"))
    archive_task(by=None, task=task, version=task.version, archived=True)
    assert not SearchEntry.objects.filter(model="implementation.task").exists()


def test_spelling_without_diacritics_finds_what_has_them(policy: Policy) -> None:
    factories.task(policy, title=text("Żłobek w Łodzi", uk="Ґанок для сім’ї"))
    learn()
    for form in ("zlobki", "lodz", "ŁÓDŹ", "ганки", "сімя", "сім'ям"):
        assert finds("Żłobek w Łodzi", form), form


def test_words_are_found_before_their_forms_are_known(policy: Policy) -> None:
    """Also beginnings, and words of languages without a dictionary."""
    factories.task(policy, title=text("Poradnictwo", en="Counselling at Ratajczaka"))
    for form in ("poradnictwo", "poradnic", "Counsell", "ratajcz"):
        assert finds("Counselling at Ratajczaka", form), form
    assert not finds("Counselling at Ratajczaka", "poradnictwa")


def test_all_words_must_be_there(policy: Policy) -> None:
    factories.task(policy, title=text("Kurs tańca"))
    learn()
    assert finds("Kurs tańca", "tańcem kursy")
    assert not finds("Kurs tańca", "kurs pływania")


def test_the_found_words_are_marked_and_nothing_is_html(policy: Policy) -> None:
    factories.task(policy, title=text("<b>Kurs</b> & taniec"), audience=text("Dzieci z kursów"))
    learn()
    page = search("kursem")
    assert "&lt;b&gt;<mark>Kurs</mark>&lt;/b&gt; &amp; taniec" in page
    assert "Dzieci z <mark>kursów</mark>" in page
    assert "<b>" not in page
    assert "<script" not in search("<script>alert(1)</script>").split("</head>")[1]


def test_a_changed_row_is_found_by_its_new_words_alone(policy: Policy, coordinator: User) -> None:
    task = factories.task(policy, title=text("Pływanie"))
    change_task(by=coordinator, task=task, version=task.version, title=text("Żeglarstwo"))
    assert finds("Żeglarstwo", "żeglarstwo")
    assert "Nothing was found" in search("pływanie")


def test_an_archived_row_is_not_found_until_it_is_restored(
    policy: Policy, coordinator: User
) -> None:
    task = factories.task(policy, title=text("Żeglarstwo"))
    archive_task(by=coordinator, task=task, version=task.version, archived=True)
    assert "Nothing was found" in search("żeglarstwo")
    task = Task.objects.get()
    archive_task(by=coordinator, task=task, version=task.version, archived=False)
    assert finds("Żeglarstwo", "żeglarstwo")


def test_a_draft_is_found_by_the_team_and_by_all_once_it_is_published(
    town: Municipality, coordinator: User, leader: User, other_town: Municipality, signed_in
) -> None:
    policy = factories.policy(town, status="draft")
    factories.task(policy, title=text("Żeglarstwo"))
    team, outsider = signed_in(coordinator), signed_in(factories.user(other_town, "coordinator"))
    for question, words in {"żeglarstwo": "Żeglarstwo", "godna": "godna praca"}.items():
        assert finds(words, question, team)
        for stranger in (Client(), signed_in(leader), outsider):
            assert "Nothing was found" in search(question, stranger)
    publish_policy(
        by=coordinator, policy=policy, version=Policy.objects.get().version, status="in_force"
    )
    for question, words in {"żeglarstwo": "Żeglarstwo", "godna": "godna praca"}.items():
        assert finds(words, question)


def test_an_amendment_is_the_teams(policy: Policy, coordinator: User, signed_in) -> None:
    page = search("godna")
    start_amendment(by=coordinator, policy=policy)
    assert search("godna") == page
    assert search("godna", signed_in(coordinator)).count("2023-2024-change-1") > 0


def test_a_planned_indicator_is_the_teams(town: Municipality, coordinator: User, signed_in) -> None:
    add_indicator(
        by=None, municipality=town, name=text("Żeglarze"), unit=text("osoby"), is_planned=True
    )
    assert "Nothing was found" in search("żeglarze")
    assert finds("Żeglarze", "żeglarze", signed_in(coordinator))


def test_another_municipality_is_not_searched(policy: Policy, other_town: Municipality) -> None:
    factories.task(factories.policy(other_town), title=text("Żeglarstwo"))
    assert "Nothing was found" in search("żeglarstwo")


def test_results_are_grouped_by_kind_and_lead_to_their_pages(
    policy: Policy, town: Municipality
) -> None:
    factories.organisation(town, "Szkoła żeglarstwa")
    factories.task(policy, title=text("Kurs żeglarstwa"))
    add_indicator(by=None, municipality=town, name=text("Uczący się żeglarstwa"), unit=text("os."))
    learn()
    page = search("żeglarstwo")
    places = [page.index(f'aria-labelledby="search-{kind}"') for kind in KINDS]
    assert places == sorted(places)
    for address in ("policy/2023-2024/tasks/1/", "policy/2023-2024/table/?organisation="):
        assert f'href="/en/poznan/{address}' in page
    answers = [Client().get(address).status_code for address in found_addresses(page)]
    assert answers == [200, 200, 200]


KINDS = ("task", "institution", "indicator")


def found_addresses(page: str) -> list[str]:
    titles = page.split('<h3 class="found__title">')[1:]
    return [title.split('href="')[1].split('"')[0] for title in titles]


def test_everything_found_of_a_policy_leads_somewhere(policy: Policy) -> None:
    for question in ("polityka", "miasto", "szkoła", "praca", "zespół", "uchwała"):
        for address in found_addresses(search(question)):
            assert Client().get(address.split("#")[0]).status_code == 200, address


def test_many_results_of_a_kind_are_paged(policy: Policy) -> None:
    for number in range(23):
        factories.task(policy, title=text(f"Żeglarstwo {number}"))
    assert "Tasks: all 23" in search("żeglarstwo")
    second = search("żeglarstwo", kind="task", page="2")
    assert len(found_addresses(second)) == 3
    assert "kind=task" in second
    assert len(found_addresses(search("żeglarstwo", kind="nonsense"))) == 5


def test_the_page_helps_where_it_has_no_answer(town: Municipality) -> None:
    assert "in every language" in search("")
    for question in ("  ", "„”", "żółw", "a" * 5000, "%_*?[", "ż" * 70, "\0"):
        search(question)
    assert "Use fewer words" in search("żółw")


def test_the_page_is_kept_for_all_and_in_no_index(policy: Policy, coordinator, signed_in) -> None:
    answer = Client().get(SEARCH, {"q": "szkoła", "noise": "1"})
    assert answer["X-Splot-Cache"] == "poznan"
    assert answer["X-Splot-Query"] == "q,kind,page"
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_the_header_leads_to_the_search(policy: Policy) -> None:
    home = Client().get("/en/poznan/").content.decode()
    assert 'action="/en/poznan/search/"' in home
    assert 'role="search"' in home


def test_questions_take_as_many_queries_for_one_row_as_for_thirty(policy: Policy) -> None:
    factories.task(policy, title=text("Żeglarstwo dla dzieci"))
    learn()
    one = queries_of("żeglarstwo dzieci")
    for number in range(30):
        factories.task(policy, title=text(f"Żeglarstwo dla dzieci {number}"))
    learn()
    assert queries_of("żeglarstwo dzieci") == one <= 10


def queries_of(question: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        search(question)
    return len(captured)


def test_a_write_that_fails_leaves_nothing_to_find(policy: Policy, monkeypatch) -> None:
    before = set(SearchEntry.objects.values_list("checksum", flat=True))
    with pytest.raises(RuntimeError):
        add_a_task_and_fail(policy)
    assert set(SearchEntry.objects.values_list("checksum", flat=True)) == before


def add_a_task_and_fail(policy: Policy) -> None:
    from splot.core.actions import action

    @action
    def broken(*, by: None) -> None:
        factories.task(policy, title=text("Żeglarstwo"))
        raise RuntimeError

    broken(by=None)


def test_learning_waits_once_and_makes_pages_stale(
    policy: Policy, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            factories.task(policy, title=text(f"Żeglarstwo {number}"))
    jobs = DBTaskResult.objects.filter(task_path=learn_word_forms.module_path)
    assert jobs.count() == 1
    before = Revision.objects.get(scope="poznan").number
    learn()
    assert Revision.objects.get(scope="poznan").number > before
    known = WordForm.objects.count()
    assert not SearchEntry.objects.filter(has_forms=False).exists()
    SearchEntry.objects.update(has_forms=False)
    learn()
    assert WordForm.objects.count() == known > 100


def test_a_table_that_was_never_filled_is_filled_from_the_rows(policy: Policy) -> None:
    factories.task(policy, title=text("Żeglarstwo"))
    before = state()
    assert not search_table.is_outdated()
    EntryWord.objects.all().delete()
    SearchEntry.objects.all().delete()
    assert search_table.is_outdated()
    lines = AuditEntry.objects.count()
    fill_outdated_tables()
    assert state() == before
    assert AuditEntry.objects.count() == lines
    assert not search_table.is_outdated()


def test_a_rebuild_mends_what_is_wrong(policy: Policy) -> None:
    task = factories.task(policy, title=text("Żeglarstwo"))
    before = state()
    SearchEntry.objects.filter(model="implementation.task").update(checksum="", object_id=77777)
    SearchEntry.objects.filter(model="policy.area").update(version=0)
    rebuild_search()
    assert state() == before
    assert SearchEntry.objects.filter(object_id=task.pk, kind="task").exists()


def state() -> set[tuple[object, ...]]:
    return set(
        SearchEntry.objects.values_list(
            "model", "object_id", "checksum", "audience", "parent_audience", "version"
        )
    )
