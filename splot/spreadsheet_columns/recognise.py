"""Guesses what each column of a spreadsheet is: as it was the last time, else by its heading and by
what stands in its cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from splot.documents.spreadsheets.headings import HEADING_SEPARATOR
from splot.documents.spreadsheets.tables import SheetTable
from splot.language.normalisation import normalise_name

from .schema import UNMAPPED, ColumnMeaning, ImportSchema
from .several_meanings import fields_of_parts

MAX_SAMPLES, MAX_INSPECTED = 3, 60
MAX_SAMPLE_LENGTH = 120
# scores, of which 1 and more is as sure as can be
CERTAIN, OWN_LABEL = 2.0, 1.2
NAMES_SEVERAL = 0.9  # fields, for which another stands together
LOWER_HEADING = 0.15  # of two headings one above the other
PROBABLE = 0.45  # from which on a guess counts
CLEARLY = 0.1  # by how much one column has to fit a field better than another
LEAST_SHARE = 0.7  # of the cells that speak for a field which the heading does not name

ScoredMeaning = tuple[float, ColumnMeaning]


@dataclass(frozen=True)
class RecognisedColumn:
    """A column of a file: its heading, what it seems to be, how sure that is (0 to 1), and what
    stands in it. `contested` is the code of a field that other columns could be as well: what it
    is then has to be asked.
    """

    number: int
    heading: str
    meaning: ColumnMeaning
    confidence: float
    samples: list[str] = field(default_factory=list)
    is_remembered: bool = False
    contested: str = ""


def recognise_columns(
    table: SheetTable, schema: ImportSchema, memory: Mapping[str, ColumnMeaning]
) -> list[RecognisedColumn]:
    """What each column seems to be. `memory` is {heading, by `normalise_name`: what it meant the
    last time}.
    """
    candidates: dict[int, list[ScoredMeaning]] = {}
    for number in range(len(table.header)):
        candidates[number] = list(_candidate_meanings(table, number, schema, memory))
    own = schema.find_own_columns(table)
    for number, code in own.items():
        candidates[number] = [(CERTAIN, ColumnMeaning(code))]
    contested = _contested_columns(candidates, schema)
    contested |= _settle_several_meanings(table, schema, candidates)
    scored = _complete_pairs(_assign_meanings(candidates, schema), schema)
    if not own:
        _settle_columns(table, schema, scored, contested)
    columns: list[RecognisedColumn] = []
    for number, heading in enumerate(table.header):
        score, meaning = scored[number]
        if number in contested:
            score, meaning = 0.0, ColumnMeaning(UNMAPPED)
        columns.append(
            RecognisedColumn(
                number=number,
                heading=heading,
                meaning=meaning,
                confidence=min(score, 1.0),
                samples=column_samples(table, number),
                is_remembered=normalise_name(heading) in memory,
                contested=contested.get(number, ""),
            )
        )
    return columns


def confirmed_columns(
    table: SheetTable, meanings: Sequence[ColumnMeaning]
) -> list[RecognisedColumn]:
    """The columns as a person said what they are."""
    missing = [ColumnMeaning(UNMAPPED)] * len(table.header)  # where another table is chosen by now
    columns: list[RecognisedColumn] = []
    for number, heading in enumerate(table.header):
        meaning = [*meanings, *missing][number]
        samples = column_samples(table, number)
        columns.append(RecognisedColumn(number, heading, meaning, 1.0, samples))
    return columns


def column_samples(table: SheetTable, number: int) -> list[str]:
    """The first different words of a column."""
    return list(dict.fromkeys(_column_texts(table, number)))[:MAX_SAMPLES]


def _column_texts(table: SheetTable, number: int) -> Iterator[str]:
    for row in table.data:
        if cell := row.cells[number]:
            yield cell.one_line[:MAX_SAMPLE_LENGTH]


def _candidate_meanings(
    table: SheetTable, number: int, schema: ImportSchema, memory: Mapping[str, ColumnMeaning]
) -> Iterator[ScoredMeaning]:
    heading = table.header[number]
    key = normalise_name(heading)
    if key and key in memory:
        yield CERTAIN, memory[key]
        return
    scores: dict[str, float] = {}
    before_comma = normalise_name(heading.split(",")[0])  # "Money paid, PLN, 2024"
    labels = schema.codes_by_own_label
    if own := labels.get(key) or labels.get(before_comma):
        scores[own] = OWN_LABEL
    # of "Term / from" the lower heading says more
    __, ___, lower = heading.rpartition(HEADING_SEPARATOR)
    lower_key = normalise_name(lower) if lower != heading else ""
    for import_field in (*schema.fields, schema.unmapped):
        weight = import_field.weigh_heading(key)
        if lower_key and (below := import_field.weigh_heading(lower_key)):
            weight = max(weight, below + LOWER_HEADING)
        if weight:
            scores[import_field.code] = max(scores.get(import_field.code, 0), weight)
    samples = list(islice(_column_texts(table, number), MAX_INSPECTED))
    for code, share in _content_evidence(heading, samples, schema):
        if code in scores:
            scores[code] += 0.25 * (share - 0.5)
        elif share > LEAST_SHARE:
            scores[code] = 0.4 * share if heading else 0.7 * share
    for code, score in scores.items():
        yield score, schema.meaning_by_heading(code, heading)


def _content_evidence(
    heading: str, samples: Sequence[str], schema: ImportSchema
) -> Iterator[tuple[str, float]]:
    """(code, how much of what stands in a column speaks for it)."""
    for import_field in schema.fields if samples else ():
        recognise = import_field.recognise
        if recognise is not None and (share := recognise(heading, samples)):
            yield import_field.code, share


def _assign_meanings(
    candidates: Mapping[int, list[ScoredMeaning]], schema: ImportSchema
) -> dict[int, ScoredMeaning]:
    """The best candidate of each column, where a field that stands once goes to the column that
    fits it best.
    """
    pairs: list[tuple[float, int, ColumnMeaning]] = []
    for number, scored in candidates.items():
        pairs += [(score, number, meaning) for score, meaning in scored]
    assigned: dict[int, ScoredMeaning] = {}
    taken: set[str] = set()
    for score, number, meaning in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        is_free = not schema.field_by_code[meaning.code].stands_once or meaning.code not in taken
        if number not in assigned and is_free:
            assigned[number] = (score, meaning)
            taken.add(meaning.code)
    nothing = (0.0, ColumnMeaning(UNMAPPED))
    return {number: assigned.get(number, nothing) for number in candidates}


def _contested_columns(
    candidates: Mapping[int, list[ScoredMeaning]], schema: ImportSchema
) -> dict[int, str]:
    """{place: code} of columns that are all most likely the same field, which only one can be."""
    likely: dict[str, list[tuple[float, int]]] = {}
    for number, scored in candidates.items():
        score, meaning = max(scored, key=lambda pair: pair[0], default=(0.0, ColumnMeaning("")))
        import_field = schema.field_by_code[meaning.code]
        if import_field.are_asked and PROBABLE <= score < CERTAIN:
            likely.setdefault(meaning.code, []).append((score, number))
    contested: dict[int, str] = {}
    for code, columns in likely.items():
        best = max(columns)[0]
        equal = [number for score, number in columns if best - score < CLEARLY]
        contested |= dict.fromkeys(equal, code) if len(equal) > 1 else {}
    return contested


def _settle_several_meanings(
    table: SheetTable, schema: ImportSchema, candidates: dict[int, list[ScoredMeaning]]
) -> dict[int, str]:
    """Columns whose heading names several fields become the one that stands for them together; the
    places of the others, which have to be asked for, are returned with the first of their fields.
    """
    asked: dict[int, str] = {}
    for number, heading in enumerate(table.header):
        if any(score >= CERTAIN for score, __ in candidates[number]):
            continue
        together, codes = fields_of_parts(heading, schema)
        if together:
            meaning = schema.meaning_by_heading(together, heading)
            candidates[number] = [(NAMES_SEVERAL, meaning)]
        elif codes:
            asked[number] = codes[0]
    return asked


def _settle_columns(
    table: SheetTable,
    schema: ImportSchema,
    scored: dict[int, ScoredMeaning],
    contested: dict[int, str],
) -> None:
    """What columns are beside the others; what is remembered of a heading stays."""
    settled = schema.settle(table, [scored[number][1] for number in sorted(scored)])
    for number, meaning in settled.meanings.items():
        if scored[number][0] < CERTAIN:
            scored[number] = (scored[number][0], meaning)
    for number, code in settled.contested.items():
        if scored[number][0] < CERTAIN:
            contested[number] = code


def _complete_pairs(
    scored: Mapping[int, ScoredMeaning], schema: ImportSchema
) -> dict[int, ScoredMeaning]:
    """An end whose beginning no column holds becomes what it is alone."""
    codes = {meaning.code for __, meaning in scored.values()}
    completed: dict[int, ScoredMeaning] = {}
    for number, (score, meaning) in scored.items():
        import_field = schema.field_by_code[meaning.code]
        if import_field.alone and import_field.begins_with not in codes:
            meaning = ColumnMeaning(import_field.alone)
        completed[number] = (score, meaning)
    return completed
