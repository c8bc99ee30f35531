"""What the import knows of each column beyond the registry of columns: the words that head it in
other people's spreadsheets, and how its cells are parsed.

A column that is a plain text or a choice needs no parser of its own, and its headings may stand in
the registry. Where several headings fit equally, the earlier line wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from splot.documents.spreadsheets import Cell
from splot.implementation.columns import COLUMN_BY_CODE, COLUMNS

from .context import ImportContext
from .headings import AREA, AS_TEXT, CODE, DUE, NUMBER, ORDER, STARTS
from .parse.choices import parse_choice, parse_priority
from .parse.money import parse_resources
from .parse.names import (
    parse_activities,
    parse_groups,
    parse_joint_leads,
    parse_lead,
    parse_leader,
    parse_partners,
    parse_targets,
)
from .parse.parsed_cell import ParsedCell
from .parse.schedule import parse_edge_day, parse_milestones, parse_when


@dataclass(frozen=True)
class ColumnImport:
    """`headings` are (how surely, pattern of small letters without marks: `normalise_name`)
    in Polish, English and Ukrainian. A column that `stands_once` is never several of a file's.
    """

    headings: tuple[tuple[float, str], ...] = ()
    parse: Callable[[Cell, ImportContext], ParsedCell] | None = None
    choice_words: tuple[tuple[str, str], ...] = ()  # (choice, pattern) beside its own label
    stands_once: bool = False


COLUMN_IMPORTS: dict[str, ColumnImport] = {
    ORDER: ColumnImport(
        headings=((0.9, r"^(l ?p|poz|pozycja|no|nr|numer|no з п|з п)$"),),
        stands_once=True,
    ),
    NUMBER: ColumnImport(
        headings=(
            (
                0.9,
                r"^(nr|numer|no|number|номер) (of )?(the )?(zadania|task"
                r"|завдання)( w tabeli)?$|^task (no|number)$",
            ),
        ),
        stands_once=True,
    ),
    CODE: ColumnImport(
        headings=(
            (
                0.9,
                r"^(kod|symbol|sygnatura|code|id|код)( (zadania|task|завдання))?$|^(task"
                r"|item) (code|id)$",
            ),
        ),
        stands_once=True,
    ),
    "title": ColumnImport(
        headings=(
            (
                0.95,
                r"^(zadani[ae]|nazwa zadania|tytul zadania|rozwiazani[ae]|tasks?|task name"
                r"|solutions?|title|завдання|назва завдання|рішення)( \w+){0,2}$",
            ),
            (0.7, r"zadani|rozwiazani|\btask|\bsolution|завданн"),
            (
                0.6,
                r"^(dzialani[ae]|nazwa dzialania|opis dzialania|actions?|activit(y|ies)"
                r"|measures?|захід|заходи)$",
            ),
            (0.4, r"dzialani|przedsiewzi|projekt|inicjatyw|\baction|захід|заход"),
            (0.3, r"^(nazwa|tytul|name|what|co|назва|opis|description)$"),
        ),
        stands_once=True,
    ),
    "activities": ColumnImport(
        headings=(
            (
                0.9,
                r"(dzialani\w*|punkt\w*|paragraf|zapis\w*|cel\w*) (z |w )?(polityki"
                r"|programu|uchwaly|strategii)|(numer|nr|kod|symbol) (dzialania|punktu"
                r"|paragrafu)|activity (code|no|number)|activit\w+ of the policy"
                r"|захід політики|podstawa w (uchwale|polityce)|numer w uchwale",
            ),
            (0.5, r"dzialani|activit|paragraf|захід|заход|odniesienie|powiazani"),
        ),
        parse=parse_activities,
    ),
    AREA: ColumnImport(
        headings=(
            (
                0.85,
                r"^(obszar\w*|cele?|cel (strategiczny|operacyjny|szczegolowy|glowny)"
                r"|kierunek\w*|filar|aspekt|area|aims?|goals?|objectives?|pillar|aspect"
                r"|напрям|ціль|мета|сфера)( \w+){0,2}$",
            ),
            (0.4, r"obszar|\bcel\b|\bcele\b|kierun|filar|priorytet strategiczny|напрям"),
        ),
    ),
    "groups": ColumnImport(
        headings=(
            (0.95, r"wrazliw|vulnerable|sensitive|вразлив|szczegolnych potrzeb|special needs"),
        ),
        parse=parse_groups,
    ),
    "audience": ColumnImport(
        headings=(
            (
                0.9,
                r"grup\w* docelow|adresa[tc]|odbiorc|beneficjen|dla kogo|target (audience"
                r"|group)|for whom|audience|beneficiar|цільов|адресат|отримувач|для кого"
                r"|uczestnicy",
            ),
        ),
    ),
    "leader": ColumnImport(
        headings=(
            (
                0.9,
                r"osob\w+ (odpowiedzialn|prowadzac|do kontaktu|kontaktow)"
                r"|person (in charge|responsible)|imie i nazwisko|kontakt|contact"
                r"|відповідальна особа",
            ),
            (0.5, r"lider|leader|opiekun|koordynator|coordinator"),
        ),
        parse=parse_leader,
        stands_once=True,
    ),
    "joint_leads": ColumnImport(
        headings=(
            (
                0.9,
                r"wspolprowadz|wspolodpowiedz|joint lead|co lead|leads together|wspolwiod"
                r"|співвиконав",
            ),
        ),
        parse=parse_joint_leads,
    ),
    "partners": ColumnImport(
        headings=(
            (
                0.9,
                r"instytucj\w+ zewnetrzn|zewnetrzn\w+ (instytucj|podmiot)"
                r"|outside institution|external|partner|wspolprac|wspolrealiz|pozarzadow"
                r"|\bngo|social partners|партнер|зовнішн|співпрац",
            ),
        ),
        parse=parse_partners,
    ),
    "own_role": ColumnImport(
        headings=(
            (
                0.95,
                r"rola (miasta|gminy|urzedu|samorzadu)|(city|council"
                r"|municipality) ?s? role|роль міста",
            ),
        ),
        choice_words=(
            ("coordinating", r"koordyn|coordinat|координ"),
            ("supporting", r"wspier|wspar|support|підтрим"),
            ("participating", r"uczestnicz|bierze udzial|participat|takes part|учас"),
            ("owner", r"realiz|wykonaw|prowadz|wlasciciel|owner|carries|implement|викон"),
        ),
        stands_once=True,
    ),
    "lead": ColumnImport(
        headings=(
            (
                0.9,
                r"instytucj\w+ miejsk|jednostk\w+|komork\w+|municipal institution"
                r"|podmiot\w* (odpowiedzialn|realiz|wiod)|instytucj\w+ (odpowiedzialn"
                r"|realiz|wiod)|lead (institution|agency|department)|виконав",
            ),
            (
                0.75,
                r"odpowiedzialn|realizator|realizuj|wykonawc|responsib|\bowner"
                r"|implement(er|ing)|kto|who|відповідал",
            ),
            (
                0.5,
                r"\blead\b|wydzial|instytucj|podmiot|institution|organi[sz]ation"
                r"|department|lider|koordynator|установ",
            ),
        ),
        parse=parse_lead,
    ),
    STARTS: ColumnImport(
        headings=(
            (
                0.9,
                r"(data|termin|rok)? ?(rozpoczecia|poczatku)|^rozpoczecie$|^poczatek\b"
                r"|^od( kiedy)?$|start|begin|початок",
            ),
        ),
        parse=partial(parse_edge_day, name="starts"),
        stands_once=True,
    ),
    DUE: ColumnImport(
        headings=(
            (
                0.9,
                r"(data|termin|rok)? ?(zakonczenia|konca)|^zakonczenie$|^koniec\b"
                r"|^do( kiedy)?$|\bend\b|end date|due|deadline|кінець|завершення|кінцев",
            ),
        ),
        parse=partial(parse_edge_day, name="due"),
        stands_once=True,
    ),
    "when": ColumnImport(
        headings=(
            (
                0.9,
                r"^(termin\w*|harmonogram|okres|czas|kiedy|when|timeframe|timeline"
                r"|schedule|термін\w*|строк\w*|коли)\b",
            ),
            (
                0.6,
                r"termin|harmonogram|okres|kiedy|\bdat[ay]\b|lata realizacji|\brok\b"
                r"|\bdate|time|термін|строк|дата",
            ),
        ),
        parse=parse_when,
        stands_once=True,
    ),
    "after": ColumnImport(
        headings=(
            (
                0.9,
                r"po zadani|poprzedz|poprzednik|zalezn|after task|depends|predecessor"
                r"|після завдан|залежн",
            ),
        ),
    ),
    "milestones": ColumnImport(
        headings=((0.9, r"kamie\w+ milow|\betap|milestone|віхи|етап"),),
        parse=parse_milestones,
    ),
    "priority": ColumnImport(
        headings=((0.85, r"priorytet|kolejnosc|waznosc|priority|пріоритет|черговість"),),
        parse=parse_priority,
        stands_once=True,
    ),
    "sources": ColumnImport(
        headings=(
            (
                0.9,
                r"zrodl\w+ (finans|srodk|pokryc)|sources? of (money|fund|financ)"
                r"|funding sources?|джерел\w+ (фінанс|кошт)|finansowanie zrodl"
                r"|sposob finansowania",
            ),
        ),
    ),
    "resources": ColumnImport(
        headings=((0.9, r"zasob|resource|ресурс|srodki rzeczowe|niezbedne srodki"),),
        parse=parse_resources,
    ),
    "paid": ColumnImport(
        headings=(
            (
                0.95,
                r"(wykonan|wydatkow|wydan|poniesion|zaplacon|paid|spent|actual|витрачен"
                r"|сплачен)",
            ),
        ),
    ),
    "committed": ColumnImport(
        headings=(
            (
                0.95,
                r"(zaangazow|zakontrakt|przyznan|zabezpieczon|committed|contracted|secured"
                r"|зобов)",
            ),
        ),
    ),
    "planned": ColumnImport(
        headings=(
            (
                0.85,
                r"budzet|koszt|kwot|naklad|wydatk|srodki finansow|finansowan|money planned"
                r"|budget|\bcost|\bfunds|funding|amount|бюджет|кошт|вартіст|фінансуван",
            ),
            (0.5, r"\bplan\b|planowan|srodki|money|dotacj|grant"),
        ),
    ),
    "decision": ColumnImport(
        headings=((0.8, r"decyzj|decision"),),
        choice_words=(
            ("no_extra_cost", r"bez dodatkow|bez koszt|no (extra|additional)|w ramach"),
            ("not_now", r"\bnie\b|niepotrzebn|not (needed|now)|odlozon|wstrzyman"),
            ("funded", r"finansowan|przyznan|zabezpieczon|funded|secured|профінанс"),
        ),
        stands_once=True,
    ),
    "monitoring": ColumnImport(
        headings=(
            (
                0.9,
                r"monitor|ewaluac|evaluation|weryfikac|verification|моніторинг|оцінюван"
                r"|sposob pomiaru",
            ),
            (
                0.6,
                r"metod|method|zrodl\w+ (danych|informacji)|source of data|метод"
                r"|sprawozdawcz",
            ),
        ),
    ),
    "targets": ColumnImport(
        headings=(
            (0.9, r"wskazni|miernik|indicator|показник|kpi|target value|wartosc docelow"),
            (0.4, r"rezultat|efekt|produkt|result|output|результат"),
        ),
        parse=parse_targets,
    ),
    "disposition": ColumnImport(
        headings=((0.8, r"co dalej|kontynuacj|in the coming time|start stop"),),
        choice_words=(
            ("stop", r"zakonc|zaprzest|rezygn|stop|end\b|припин"),
            ("continue", r"kontynu|continu|keep|продовж"),
            ("start", r"rozpocz|start|begin|new|почат"),
        ),
        stands_once=True,
    ),
    AS_TEXT: ColumnImport(
        headings=(
            (
                0.8,
                r"^(uwagi|komentarz\w*|status|stan|stopien|notes?|comments?|remarks?"
                r"|примітк\w*|коментар\w*)\b",
            ),
            (
                0.5,
                r"uwag|komentarz|stan realizacji|stopien realizacji|postep|status|opis"
                r"|description|progress|стан",
            ),
        ),
    ),
}


def column_headings() -> Iterator[tuple[str, float, str]]:
    """(code, how surely, pattern) of every heading that is known."""
    for code, known in COLUMN_IMPORTS.items():
        for weight, pattern in known.headings:
            yield code, weight, pattern
    for column in COLUMNS:
        for weight, pattern in column.headings:
            yield column.code, weight, pattern


def parse_cell(code: str, words: Cell, known: ImportContext) -> ParsedCell:
    """What a cell says: by its column's own parser, else as the text or the choice that it is."""
    facet = COLUMN_IMPORTS.get(code, ColumnImport())
    if facet.parse is not None:
        return facet.parse(words, known)
    column = COLUMN_BY_CODE[code]
    if column.is_text:
        return ParsedCell({code: known.text(words.text)})
    if column.choices is not None:
        return parse_choice(words, code, column.choices, facet.choice_words)
    raise LookupError(f"the import has no parser for the column {code}")
