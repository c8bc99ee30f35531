"""Fills the table of word forms in the background, and all that can be found from the beginning.

Nothing here is an entry of the audit trail: it says only what other rows say already.
"""

from collections.abc import Collection

from django.db import transaction
from django_tasks import task as background
from django_tasks_db.models import DBTaskResult

from splot.core.actions import increment_revisions
from splot.language.folding import compose, folded_words
from splot.language.word_forms import LANGUAGES_WITH_FORMS, word_forms

from .entries import search_table
from .models import MAX_WORD_LENGTH, SearchEntry, WordForm

LEARNT_AT_ONCE = 100  # entries

Spelling = tuple[str, str]  # a word as it is written, and its language


def enqueue_word_forms() -> None:
    """Let the background worker look up the words of new entries, unless a job waits that will.

    Asked only once the entries can be seen by the worker, so that none is missed.
    """
    transaction.on_commit(_enqueue_once, robust=True)


def _enqueue_once() -> None:
    jobs = DBTaskResult.objects.filter(task_path=learn_word_forms.module_path, status="READY")
    if not jobs.exists():
        learn_word_forms.enqueue()


@background()
def learn_word_forms() -> None:
    """Keep all forms of the words of entries that are new. Safe to repeat."""
    new_entries = SearchEntry.objects.filter(has_forms=False).order_by("pk")
    while entries := list(new_entries[:LEARNT_AT_ONCE]):
        with transaction.atomic():
            _keep_forms(_spellings_in(entries))
            SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
                has_forms=True
            )
            increment_revisions({entry.scope for entry in entries})


def _spellings_in(entries: Collection[SearchEntry]) -> set[Spelling]:
    """The words of the entries in the languages that have a dictionary."""
    spellings: set[Spelling] = set()
    for entry in entries:
        for texts in (entry.title.texts, entry.texts):
            for language in LANGUAGES_WITH_FORMS & set(texts):
                wording = compose(texts[language])
                for word, start, end in folded_words(wording):
                    if len(word) <= MAX_WORD_LENGTH and not word.isdigit():
                        spellings.add((wording[start:end], language))
    return spellings


def _keep_forms(spellings: Collection[Spelling]) -> None:
    forms: dict[str, set[str]] = {}
    for spelling, language in sorted(spellings):
        for lemma, spelt_forms in word_forms(spelling, language).items():
            forms.setdefault(f"{language}:{lemma}", spelt_forms)
    known = WordForm.objects.filter(lemma__in=list(forms)).values_list("lemma", flat=True)
    for lemma in set(known.distinct()):
        del forms[lemma]
    rows = []
    for lemma, spelt_forms in forms.items():
        rows += [WordForm(form=form, lemma=lemma) for form in _folded_forms(spelt_forms)]
    fitting = [row for row in rows if len(row.form) <= MAX_WORD_LENGTH >= len(row.lemma)]
    WordForm.objects.bulk_create(fitting, batch_size=2000, ignore_conflicts=True)


def _folded_forms(spelt_forms: Collection[str]) -> set[str]:
    """The forms as a search compares them; what is written as several words is none."""
    folded = [folded_words(compose(form)) for form in spelt_forms]
    return {words[0][0] for words in folded if len(words) == 1}


def rebuild_search() -> None:
    """Make every entry anew that does not say what its row says, and look up the words of all."""
    with transaction.atomic():
        search_table.rebuild()
        enqueue_word_forms()
