"""Finds entries by words in any of their forms, for who may see them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from splot.language.folding import compose, folded_words
from splot.people.models import Municipality
from splot.people.permissions import Visitor, permissions_of

from .models import EntryWord, SearchEntry, WordForm
from .offers import PUBLIC

MAX_WORDS = 8
# the title first, then what is newest
ORDER = ("-title_hit", "-year", "model", "object_id")


@dataclass(frozen=True)
class SearchedWord:
    """A word that is looked for: its forms where the table knows them, else what begins with it."""

    word: str
    forms: frozenset[str]

    def matches(self, word: str) -> bool:
        return word in self.forms or (not self.forms and word.startswith(self.word))

    def entry_words(self) -> QuerySet[EntryWord]:
        wanted = Q(word__in=self.forms) if self.forms else Q(word__begins=self.word)
        return EntryWord.objects.filter(wanted)


def searched_words(asked: str) -> list[SearchedWord]:
    """The words of a question with all their forms, in two queries."""
    words = list(dict.fromkeys(word for word, __, ___ in folded_words(compose(asked)) if word))
    long = [word for word in words if len(word) > 1 or word.isdigit()]
    words = (long or words)[:MAX_WORDS]
    lemmas: dict[str, list[str]] = {}
    known = WordForm.objects.filter(form__in=words)
    for form, lemma in known.values_list("form", "lemma"):
        lemmas.setdefault(lemma, []).append(form)
    forms: dict[str, set[str]] = {word: set() for word in words}
    inflected = WordForm.objects.filter(lemma__in=lemmas) if lemmas else WordForm.objects.none()
    for form, lemma in inflected.values_list("form", "lemma"):
        for word in lemmas[lemma]:
            forms[word].add(form)
    return [SearchedWord(word, frozenset(forms[word])) for word in words]


def audiences_of(user: Visitor, municipality: Municipality) -> list[str]:
    """The audiences that somebody belongs to: everybody, and whoever has one of their
    permissions.
    """
    return [PUBLIC, *sorted(permissions_of(user, municipality))]


def visible_entries(scope: str, audiences: Collection[str]) -> QuerySet[SearchEntry]:
    """What can be found in a scope by who belongs to these audiences."""
    return SearchEntry.objects.filter(
        scope=scope, audience__in=audiences, parent_audience__in=audiences
    )


def find_entries(
    entries: QuerySet[SearchEntry], words: Collection[SearchedWord]
) -> dict[str, list[int]]:
    """{kind: keys of the entries that hold every word in one of its forms}, in one query.

    Those with a word in their title come first, then the newest.
    """
    in_title = Q()
    for word in words:
        entries = entries.filter(pk__in=word.entry_words().values("entry"))
        in_title |= Q(pk__in=word.entry_words().filter(in_title=True).values("entry"))
    keys: dict[str, list[int]] = {}
    ordered = entries.annotate(title_hit=in_title).order_by(*ORDER)
    for kind, key in ordered.values_list("kind", "pk"):
        keys.setdefault(kind, []).append(key)
    return keys


def keys_of_rows_with(
    model: type[Model], scope: str, words: Collection[SearchedWord]
) -> QuerySet[SearchEntry, int]:
    """The keys of a model's rows in a scope that hold every word in one of its forms, for a query
    over these rows; none where no word is searched for. Who may see them is not asked.
    """
    entries = SearchEntry.objects.filter(scope=scope, model=model._meta.label_lower)
    if not words:
        entries = entries.none()
    for word in words:
        entries = entries.filter(pk__in=word.entry_words().values("entry"))
    return entries.values_list("object_id", flat=True)


def entries_by_key(keys: Collection[int]) -> dict[int, SearchEntry]:
    """{key: entry}, in one query."""
    return SearchEntry.objects.in_bulk(list(keys))
