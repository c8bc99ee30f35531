"""What the columns of a file are beside one another, where the heading of each alone does not tell:
the title among columns of names, figures below years, units and currencies said above the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from splot.documents.spreadsheets import Cell
from splot.documents.spreadsheets.headings import TASK_HEADING
from splot.documents.spreadsheets.period_columns import (
    parse_period_heading,
    year_of_titles,
)
from splot.documents.spreadsheets.sums import PART_WORDS, SUM_WORDS, figure_of
from splot.documents.spreadsheets.tables import SheetTable
from splot.implementation.columns import MONEY_FIGURES
from splot.language.normalisation import normalise_name
from splot.parsing.amount_words import (
    find_currency,
    find_currency_of_figures,
    find_multiplier,
    find_unit_of_figures,
)
from splot.spreadsheet_columns.schema import UNMAPPED, ColumnMeaning, SettledColumns

from .column_headings import AREA
from .money_columns import USUAL_CURRENCY, money_source_of, single_year_of
from .money_totals import settle_totals

IS_COUNT = re.compile(r"^(liczba|ilosc|number|count|anzahl|pocet|numero|cantidad|кількість)\b")
# beside a column of years
PART_OF_YEAR = re.compile(
    r"(kwartal|miesiac|polrocze|quarter|month|quartal|monat|ctvrtleti|mesic|pololeti|trimestre|mes"
    r"|квартал|місяць)( realizacji)?"
)
BARE = "bare"  # an option of figures without a currency: what they are
DOUBTFUL = "doubtful"
MAX_INSPECTED = 300  # rows whose cells tell what their column is
MONEY_TITLE = re.compile(
    r"budzet|koszt|finans|naklad|wydatk|kwot|srodk|cost|budget|fund|kosten|haushalt|rozpoc"
    r"|presupuest|coste|importe|бюджет|кошт|фінанс|вартіст"
)


def settle_columns(table: SheetTable, meanings: Sequence[ColumnMeaning]) -> SettledColumns:
    """What columns are beside the others, and which have to be asked for."""
    settled = list(meanings)
    contested: dict[int, str] = {}
    _settle_title(table, settled)
    _settle_shares(table, settled)
    contested |= _settle_periods(table, settled)
    contested |= _settle_units(table, settled)
    contested |= _settle_currencies(table, settled)
    totals = settle_totals(table, settled)
    for at, meaning in totals.meanings.items():
        settled[at] = meaning
    contested |= totals.contested
    contested |= _columns_of_other_table(table, settled)
    changed = {at: meaning for at, meaning in enumerate(settled) if meaning != meanings[at]}
    return SettledColumns(changed, contested)


def _settle_title(table: SheetTable, settled: list[ColumnMeaning]) -> None:
    """Of two columns of names the one that repeats itself groups the other, which holds the
    tasks.
    """
    title = next((at for at, meaning in enumerate(settled) if meaning.code == "title"), None)
    if title is None or not _repeats_itself(table, title):
        return
    for at, meaning in enumerate(settled):
        is_name = meaning.code in (UNMAPPED, "activities") and TASK_HEADING.match(table.header[at])
        if is_name and _names_each_row(table, at):
            settled[title], settled[at] = ColumnMeaning(AREA), ColumnMeaning("title")
            return


def _repeats_itself(table: SheetTable, at: int) -> bool:
    texts = [cell.one_line for cell in _filled(table, at)]
    return len(set(texts)) < len(texts)


def _names_each_row(table: SheetTable, at: int) -> bool:
    texts = [normalise_name(cell.one_line) for cell in _filled(table, at)]
    has_words = all(any(map(str.isalpha, text)) for text in texts)
    is_whole = len(texts) == len(table.data[:MAX_INSPECTED])
    return is_whole and has_words and len(set(texts)) == len(texts)


def _filled(table: SheetTable, at: int) -> Iterator[Cell]:
    """The cells of a column that have words of their own."""
    for row in table.data[:MAX_INSPECTED]:
        if row.cells[at] and row.cells[at].merged_from is None:
            yield row.cells[at]


def _settle_shares(table: SheetTable, settled: list[ColumnMeaning]) -> None:
    """Percentages below a heading of money are none."""
    for at, meaning in enumerate(settled):
        cells = list(_filled(table, at)) if meaning.code in MONEY_FIGURES else []
        if cells and _are_shares(cells):
            settled[at] = ColumnMeaning(UNMAPPED)


def _are_shares(cells: Sequence[Cell]) -> bool:
    return all(cell.text.strip().endswith("%") for cell in cells)


def _settle_periods(table: SheetTable, settled: list[ColumnMeaning]) -> dict[int, str]:
    """Columns below years, quarters or months that hold more than marks. Figures below years are
    money where the table says so, and figures below a currency; what the others are has to be
    asked.
    """
    titles = [*table.title_rows, table.sheet]
    asked: dict[int, str] = {}
    for at, meaning in enumerate(settled):
        heading = table.header[at]
        period = parse_period_heading(heading, year_of_titles(titles))
        cells = list(_filled(table, at)) if meaning.code in (UNMAPPED, "when") else []
        are_figures = all(figure_of(cell) is not None for cell in cells)
        year, source = single_year_of(heading), money_source_of(heading)
        if not cells or IS_COUNT.search(normalise_name(heading)) or _are_shares(cells):
            continue
        is_part_of_year = meaning.code == UNMAPPED and PART_OF_YEAR.fullmatch(
            normalise_name(heading)
        )
        if (period is not None and not are_figures) or is_part_of_year:
            asked[at] = "when"
        elif are_figures and (find_currency(heading) or (year and _speaks_of_money(titles, cells))):
            currency = find_currency(heading) or find_currency(cells[0].text)
            options = {"year": year, "source": source, "currency": currency}
            named = {name: value for name, value in options.items() if value}
            settled[at] = ColumnMeaning("planned", named)
        else:
            is_dated = are_figures and (period is not None or (year and source))
            if is_dated or (meaning.code == UNMAPPED and _has_sums(heading, cells)):
                asked[at] = "planned"
    return asked


def _has_sums(heading: str, cells: Sequence[Cell]) -> bool:
    """Whether a heading names a currency and figures stand below it, among words perhaps."""
    return bool(find_currency(heading)) and any(figure_of(cell) is not None for cell in cells)


def _speaks_of_money(titles: Sequence[str], cells: Sequence[Cell]) -> bool:
    if any(find_currency(cell.text) for cell in cells):
        return True
    return any(find_currency_of_figures(title) for title in titles) or any(
        MONEY_TITLE.search(normalise_name(title)) for title in titles
    )


def _settle_units(table: SheetTable, settled: list[ColumnMeaning]) -> dict[int, str]:
    """Figures are counted as the title says ("in thousands"). Where only some headings say it, the
    other columns have to be asked for, but for parts of a sum.
    """
    money = [at for at, meaning in enumerate(settled) if meaning.code in MONEY_FIGURES]
    units = [find_unit_of_figures(title) for title in (*table.title_rows, table.sheet)]
    unit = max(units, default=1)
    named = {settled[at].options.get("unit", "") for at in money} - {""}
    asked: dict[int, str] = {}
    for at in money:
        figures = [cell for cell in _filled(table, at) if figure_of(cell) is not None]
        says_itself = all(find_multiplier(cell.text) > 1 for cell in figures)
        if settled[at].options.get("unit") or says_itself:  # or it is empty
            continue
        if unit > 1:
            settled[at] = _with_option(settled[at], "unit", str(unit))
        elif len(named) == 1 and PART_WORDS.match(table.header[at]):
            settled[at] = _with_option(settled[at], "unit", next(iter(named)))
        elif named:
            asked[at] = settled[at].code
    return asked


def _settle_currencies(table: SheetTable, settled: list[ColumnMeaning]) -> dict[int, str]:
    """The currency of figures that name none: that of the title or of the other headings, else the
    usual one where no figure of the column names another. A person sees it and can choose anew;
    where other headings name a foreign one, the person is asked.
    """
    money = [at for at, meaning in enumerate(settled) if meaning.code in MONEY_FIGURES]
    of_titles = set(map(find_currency_of_figures, (*table.title_rows, table.sheet))) - {""}
    of_headings = {settled[at].options.get("currency", "") for at in money} - {""}
    asked: dict[int, str] = {}
    for at in money:
        if settled[at].options.get("currency"):
            continue
        is_of_others = PART_WORDS.match(table.header[at]) or SUM_WORDS.search(table.header[at])
        if len(of_titles) == 1:
            settled[at] = _with_option(settled[at], "currency", next(iter(of_titles)))
        elif len(of_headings) == 1 and (is_of_others or of_headings == {USUAL_CURRENCY}):
            settled[at] = _with_option(settled[at], "currency", next(iter(of_headings)))
        elif of_headings and _has_bare_figures(table, at):
            asked[at] = settled[at].code
        elif not _is_mostly_foreign(table, at):
            settled[at] = _with_option(settled[at], "currency", USUAL_CURRENCY)
    return asked


def _has_bare_figures(table: SheetTable, at: int) -> bool:
    for cell in _filled(table, at):
        if figure_of(cell) is not None and not find_currency(cell.text):
            return True
    return False


def _is_mostly_foreign(table: SheetTable, at: int) -> bool:
    """Whether of the figures of a column that name a currency half or more name an unusual one."""
    named = list(filter(None, (find_currency(cell.text) for cell in _filled(table, at))))
    return bool(named) and 2 * named.count(USUAL_CURRENCY) <= len(named)


def with_bare_doubts(table: SheetTable, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """The columns, where figures without a currency are doubtful among others in a foreign one."""
    doubted: list[ColumnMeaning] = []
    for at, meaning in enumerate(meanings):
        is_unsaid = meaning.code in MONEY_FIGURES and not (
            meaning.options.get("currency") or find_currency(table.header[at])
        )
        if is_unsaid and _is_mostly_foreign(table, at):
            meaning = _with_option(meaning, BARE, DOUBTFUL)
        doubted.append(meaning)
    return doubted


def _with_option(meaning: ColumnMeaning, name: str, value: str) -> ColumnMeaning:
    options: Mapping[str, str] = {**meaning.options, name: value}
    return ColumnMeaning(meaning.code, options)


def _columns_of_other_table(table: SheetTable, settled: Sequence[ColumnMeaning]) -> dict[int, str]:
    """Columns beyond an empty one may be another table beside this one."""
    title = next((at for at, meaning in enumerate(settled) if meaning.code == "title"), None)
    parts: list[list[int]] = [[]]
    for at, number in enumerate(table.columns):
        if number in table.behind_gap:
            parts.append([])
        parts[-1].append(at)
    if title is None or len(parts) < 2:
        return {}
    asked: dict[int, str] = {}
    for part in parts:
        if title not in part and len(part) > 1:
            asked |= {at: settled[at].code for at in part if settled[at].code}
    return asked
