"""What can be found, the words by which it is found, and the forms of words."""

from typing import Any

from django.db import models
from django.db.models.lookups import Lookup

from splot.core.derived_tables import DerivedEntry
from splot.core.languages import TextField

MAX_WORD_LENGTH = 60


class SearchEntry(DerivedEntry):
    """A row that can be found, as it stands now; `audience` says by whom (see `offers`).

    `texts` is {language: wording}; `checksum` tells whether it is still what the row says.
    `has_forms`: the forms of its words are known, or were asked for in vain.
    """

    kind = models.CharField(max_length=30)
    audience = models.CharField(max_length=40, blank=True)
    parent_model = models.CharField(max_length=60, blank=True)
    parent_id = models.PositiveBigIntegerField(null=True)
    parent_audience = models.CharField(max_length=40, blank=True)
    title = TextField()
    number = models.CharField(max_length=80, blank=True)
    context = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(default=0)
    address = models.CharField(max_length=500)  # without the language
    texts = models.JSONField(default=dict)
    checksum = models.CharField(max_length=32)
    has_forms = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="search_entry_once")
        ]
        indexes = [
            models.Index(fields=["parent_model", "parent_id"], name="search_by_parent"),
            models.Index(
                fields=["id"],
                condition=models.Q(has_forms=False),
                name="search_without_forms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class EntryWord(models.Model):
    """A word of an entry, folded; `in_title` if it stands in its title."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=MAX_WORD_LENGTH)
    in_title = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="entry_word_once")]
        indexes = [
            models.Index(
                fields=["word", "entry", "in_title"],
                # for `begins` on PostgreSQL
                opclasses=["varchar_pattern_ops", "int8_ops", "bool_ops"],
                name="entries_with_word",
            )
        ]

    def __str__(self) -> str:
        return self.word


class WordForm(models.Model):
    """A form of a word, folded, and the word's dictionary form with its language: "kursami" and
    "pl:kurs".
    """

    form = models.CharField(max_length=MAX_WORD_LENGTH)
    lemma = models.CharField(max_length=MAX_WORD_LENGTH + 8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "lemma"], name="word_form_once")]
        indexes = [models.Index(fields=["lemma"], name="word_forms_of_lemma")]

    def __str__(self) -> str:
        return f"{self.form} ({self.lemma})"


@models.CharField.register_lookup
class BeginsWith(Lookup[str]):
    """`word__begins`: `startswith` that uses the index on SQLite too. The word has no wildcards."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, column_values = self.process_lhs(compiler, connection)
        place, (word,) = self.process_rhs(compiler, connection)
        operator, wildcard = ("GLOB", "*") if connection.vendor == "sqlite" else ("LIKE", "%")
        return f"{column} {operator} {place}", (*column_values, f"{word}{wildcard}")
