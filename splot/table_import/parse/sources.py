"""Words that say whose money it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from splot.documents.spreadsheets import Cell
from splot.implementation.models import BudgetLine
from splot.language.choices import choices_by_label
from splot.language.normalisation import normalise_name
from splot.parsing import Parsed

from ..context import ImportContext
from ..money_columns import money_source_of, money_sources_of
from .parsed_cell import ParsedCell

# a word that belongs to the naming of a source, by `normalise_name`
SOURCE_WORD = re.compile(
    r"z|ze|w|we|od|do|na|i|oraz|of|from|the|by|with|та|і|з|із"
    r"|budzet\w*|srodk\w*|fundusz\w*|wklad\w*|dotacj\w*|dofinansowani\w*|finansowani\w*"
    r"|program\w*|projekt\w*|grant\w*|celow\w*|czesc|kwota"
    r"|miast\w*|miejsk\w*|gmin\w*|wlasn\w*|samorzad\w*|jednostk\w*|urzed\w*|rady|osiedl\w*"
    r"|ue|eu|uni[aei]|unijn\w*|europejsk\w*|european|union|amif|fami|efs|efrr|plus|feniks|fers|fst"
    r"|azylu|migracji|integracji|spoleczn\w*|rozwoju"
    r"|krajow\w*|panstw\w*|rzadow\w*|wojewod\w*|minister\w*|centraln\w*|pfron|pracy"
    r"|zewnetrzn\w*|inne|inny|innych|norwesk\w*|eog|sponsor\w*|darowizn\w*|unicef|unhcr|iom"
    r"|poszukiw\w*|pozyskani\w*|niezabezpieczon\w*|brak|zrodl\w*"
    r"|municip\w*|city|own|council|state|national|government|other|outside|external|budgets?"
    r"|funds?|funding|money|sought|to|be|found|not|yet"
    r"|бюджет\w*|кошт\w*|міст\w*|міськ\w*|місцев\w*|власн\w*|держав\w*|європ\w*|єс|інш\w*"
    r"|rozpoc[et]\w*|mesta|mestsk\w*|obec|obce|obecni|statni\w*|vlastni\w*|zdroj\w*|nfz"
    r"|kommunal\w*|bundesmittel|landesmittel|drittmittel|evropsk\w*|estatal\w*|ayuntamiento"
    r"|haushalt\w*|mittel\w*|eigen\w*|stadt\w*|presupuestos?|fondos?|recursos|propios"
)


@dataclass(slots=True)
class ParsedSource(Parsed):
    """Whose money it is ("" where the words name nobody), and the words that say something else."""

    source: str = ""


def parse_source(text: str) -> ParsedSource:
    """The source that a few words name: "z budżetu miasta", "środki UE"."""
    normalised = normalise_name(text)
    source = choices_by_label(BudgetLine.Source).get(normalised) or money_source_of(text)
    if not source:
        return ParsedSource(left=text.strip())
    is_whole = normalised in choices_by_label(BudgetLine.Source) or all(
        map(SOURCE_WORD.fullmatch, normalised.split())
    )
    if is_whole:
        return ParsedSource(source, read=(text.strip(),))
    return ParsedSource(source, left=text.strip())


def parse_sources(cell: Cell, context: ImportContext) -> ParsedCell:
    """Whose money it is. Several sources say nothing of a figure of the row: their words stay."""
    parsed = ParsedCell()
    sources: set[str] = set()
    for part in re.split(r"[;,\n+/]+", cell.text):
        named = parse_source(part)
        sources.update({named.source} - {""} or money_sources_of(part))
        if named.left:
            parsed.leave(named.left)
    if len(sources) == 1:
        parsed.values["source"] = sources.pop()
        return parsed
    if sources:
        parsed.doubt(_("several sources of money, and nothing says how much each gives"))
    parsed.left = cell.text.strip()
    return parsed
