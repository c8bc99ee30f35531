"""The codes of columns that only files have, and the words that head each column in other people's
spreadsheets: (how surely, pattern of a heading by `normalise_name`, which takes the marks off Latin
letters). What plans call their parts is in `splot/parsing/vocabulary`; here stands what only heads
a column, and how surely each word does. Where several fit equally, the earlier line wins.
"""

from functools import partial

from splot.language.normalisation import normalise_name
from splot.parsing import vocabulary
from splot.parsing.vocabulary import columns, details, periods, plan_parts, roles, sums
from splot.spreadsheet_columns.schema import UNMAPPED

_forms = partial(vocabulary.forms_pattern, normalise=normalise_name)
_stems = partial(vocabulary.stems_pattern, normalise=normalise_name)
ORDER, NUMBER, CODE, AREA, STARTS, DUE = "order", "number", "code", "area", "starts", "due"
STATUS, GROUP = "status", "group"  # of our own files, and not read: no column of the table
TOTAL = "total"  # of money, that of other columns: it checks them and is not read itself

_TASKS = _forms(plan_parts.TASK, plan_parts.SOLUTION)
_ACTIVITIES = _forms(plan_parts.ACTIVITY, plan_parts.PROJECT)
_NAMES = _forms(plan_parts.NAME, details.DESCRIPTION)
_QUALITIES = _forms(plan_parts.QUALITY)
_LEVELS = _forms(plan_parts.AREA, plan_parts.PILLAR, plan_parts.AIM)
_TIMES = _forms(details.TIME)
_COSTS = _stems(details.COST)
_SOURCES = _forms(details.SOURCE)
_PARTS_OF_YEAR = _forms(periods.MONTH, periods.QUARTER, periods.HALF_YEAR)
_REMARKS = _forms(details.REMARK, details.STATE, columns.PROGRESS)
_SUMS, _PARTS = _forms(sums.SUM), _forms(sums.PART)

HEADINGS: dict[str, tuple[tuple[float, str], ...]] = {
    ORDER: (
        (
            0.9,
            rf"^({_forms(columns.NUMBER, details.NUMBERING)}|lfd nr|laufende nummer|poradi|por c"
            r"|poradove cislo|num|n|poz|pozycja|п п|n п п|no з п|з п)$",
        ),
    ),
    NUMBER: (
        (
            0.9,
            r"^(nr|numer|no|number|номер) (of )?(the )?(zadania|task"
            r"|завдання)( w tabeli)?$|^task (no|number)$",
        ),
    ),
    CODE: (
        (0.9, r"^(kennung|kennziffer|kurzel|oznaceni|codigo|шифр|ref|reference)( no| number)?$"),
        (
            0.9,
            r"^(kod|symbol|sygnatura|code|id|код)( (zadania|task|завдання))?$|^(task"
            r"|item) (code|id)$",
        ),
    ),
    "title": (
        (0.95, rf"^(({_NAMES}) )?({_TASKS})( \w+){{0,2}}$|^title( \w+){{0,2}}$"),
        (0.7, rf"\b({_stems(plan_parts.TASK, plan_parts.SOLUTION)})|zadani"),
        (0.6, rf"^(({_NAMES}) )?({_ACTIVITIES})$|^(bezeichnung|titel|nazev|denominacion|nombre)$"),
        (0.4, rf"\b({_stems(plan_parts.ACTIVITY, plan_parts.PROJECT)})"),
        (0.3, rf"^({_NAMES}|what|co)$"),
    ),
    "activities": (
        (
            0.9,
            r"(dzialani\w*|punkt\w*|paragraf|zapis\w*|cel\w*) (z |w )?(polityki"
            r"|programu|uchwaly|strategii)|(numer|nr|kod|symbol) (dzialania|punktu"
            r"|paragrafu)|activity (code|no|number)|activit\w+ of the policy"
            r"|захід політики|podstawa w (uchwale|polityce)|numer w uchwale",
        ),
        (0.5, r"dzialani|activit|paragraf|захід|заход|odniesienie|powiazani"),
    ),
    AREA: (
        (
            0.85,
            rf"^(?!priority|priorytet|пріори|dzialania)(({_QUALITIES}) )?"
            rf"({_LEVELS})( ({_QUALITIES}))?( \w+){{0,2}}$",
        ),
        (0.42, r"obszar|\bcel\b|\bcele\b|kierun|filar|priorytet strategiczny|напрям"),
    ),
    "groups": ((0.95, r"wrazliw|vulnerable|sensitive|вразлив|szczegolnych potrzeb|special needs"),),
    "audience": (
        (0.9, rf"\b({_stems(roles.AUDIENCE)})|grup\w* docelow|dla kogo|цільов|для кого"),
        (0.9, r"cilov\w+ skupin|poblacion|grupo destinatario"),
    ),
    "leader": (
        (
            0.9,
            r"ansprechp|kontaktperson|kontaktni osoba|persona (responsable|de contacto)"
            r"|zodpovedna osoba|odpovedna osoba",
        ),
        (
            0.9,
            r"osob\w+ (odpowiedzialn|prowadzac|do kontaktu|kontaktow)"
            r"|person (in charge|responsible)|(lead|responsible) officer|imie i nazwisko"
            r"|kontakt|contact|відповідальна особа",
        ),
        (0.5, r"lider|leader|opiekun|koordynator|coordinator"),
    ),
    "joint_leads": (
        (
            0.9,
            r"wspolprowadz|wspolodpowiedz|joint lead|co lead|leads together|wspolwiod"
            r"|співвиконав",
        ),
    ),
    "partners": (
        (
            0.9,
            rf"\b({_stems(roles.PARTNER)})|mitwirkend|spolurealiz|socios|entidades? implicadas"
            r"|instytucj\w+ zewnetrzn|zewnetrzn\w+ (instytucj|podmiot)|outside institution|external"
            r"|wspolrealiz|pozarzadow|\bngo|зовнішн|співпрац|співвикон",
        ),
    ),
    "own_role": (
        (
            0.95,
            r"rola (miasta|gminy|urzedu|samorzadu)|(city|council"
            r"|municipality) ?s? role|роль міста",
        ),
    ),
    "lead": (
        (
            0.75,
            r"zustandig|verantwort|federfuhr|trager\b|gestor|odpoved|zodpoved|garant"
            r"|realizator|responsable|entidad|organo|organismo|departamento|відповідальн"
            r"|виконавц",
        ),
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
    STARTS: (
        (
            1.1,
            r"^(beginn|anfang|von|zacatek|zahajeni|od|inicio|desde|fecha de inicio|початок"
            r"|з|від)$|^(termin|data|okres|czas|realizacja|harmonogram|termin realizacji"
            r"|zeitraum|termin plneni)( \w+)? (od|von)( kiedy| dnia)?$|projektbeginn"
            r"|datum zahajeni|дата початку",
        ),
        (
            0.9,
            r"(data|termin|rok|dzien|kwartal|miesiac|czas)( \w+)? (rozpoczecia|poczatku)"
            r"|^(planowan\w+ |przewidywan\w+ )?rozpoczeci[ea]\b|^poczat(ek|ku)\b"
            r"|^od( kiedy)?$|start|begin|початок",
        ),
    ),
    DUE: (
        (
            1.1,
            r"^(ende|bis|konec|ukonceni|dokonceni|do|fin|hasta|fecha de fin(alizacion)?"
            r"|кінець|до|по)$|^(termin|data|okres|czas|realizacja|harmonogram"
            r"|termin realizacji|zeitraum|termin plneni)( \w+)? (do|bis)( kiedy| dnia)?$"
            r"|projektende|datum ukonceni|дата завершення|дата закінчення|finalizacion",
        ),
        (
            0.9,
            r"(data|termin|rok)? ?(zakonczenia|konca)|^zakonczenie$|^koniec\b"
            r"|^do( kiedy)?$|\bend\b|end date|due|deadline|кінець|завершення|кінцев",
        ),
    ),
    "when": (
        (0.97, r"^(\w+ )?(termin|data|okres|rok) wykonania$"),  # it is not what was paid
        (
            0.9,
            rf"^(?!rok\b)({_TIMES}|zeitlicher rahmen|termin\w*|kiedy|when"
            r"|umsetzung bis|doba (realizace|trvani)|obdobi"
            r"|periodo|temporalizacion|fechas?|період|роки|коли)\b",
        ),
        (
            0.6,
            r"termin|harmonogram|okres|kiedy|\bdat[ay]\b|lata realizacji|\brok\b"
            r"|\bdate|time|термін|строк|дата",
        ),
        (0.6, rf"^({_PARTS_OF_YEAR})( realizacji)?$"),
    ),
    "after": (
        (
            0.9,
            r"po zadani|poprzedz|poprzednik|zalez(n|y|ec)|after task|depends|predecessor"
            r"|abhangig|vorganger|predchoz|navazuje|depende|після завдан|залеж",
        ),
    ),
    "milestones": ((0.9, r"kamie\w+ milow|\betap|milestone|віхи|етап"),),
    "priority": ((0.85, r"priorytet|kolejnosc|waznosc|priority|пріоритет|черговість"),),
    "sources": (
        (
            0.9,
            rf"^({_SOURCES})$|({_SOURCES}) (financ|finans|fund|of (money|fund)|prostred|srodk"
            r"|pokryc|фінанс|кошт)|zrodl\w+ (finans|srodk|pokryc)|zdroj\w* (financ|prostred)",
        ),
        (
            0.9,
            r"finanzierungsquelle|mittelherkunft|funding sources?|finansowanie zrodl"
            r"|sposob finansowania|джерел\w+ (фінанс|кошт)|fuentes? de financ",
        ),
    ),
    "resources": (
        (0.95, r"naklady rzeczowe|wklad rzeczowy|\bin kind"),
        (0.9, r"\bressource|\bzdroje potrebne|\brecursos"),
        (0.9, r"zasob|resource|ресурс|srodki rzeczowe|niezbedne srodki"),
    ),
    "paid": (
        (0.95, r"^(ausgaben|ausgegeben|ist kosten|skutecne naklady|vycerpano|gastado|ejecutado)"),
        (
            0.95,
            r"(wykonan|wydatkow|wydan|poniesion|zaplacon|paid|spent|actual|витрачен"
            r"|сплачен)",
        ),
    ),
    "committed": (
        (
            0.95,
            r"(zaangazow|zakontrakt|przyznan|zabezpieczon|committed|contracted|secured"
            r"|зобов)",
        ),
    ),
    "planned": (
        (
            0.85,
            r"^(kosten|gesamtkosten|finanzbedarf|mittelbedarf|haushaltsmittel|finanzierung"
            r"|naklady?|rozpocet|financni (naroc|prostred|naklad)|financovani"
            r"|predpokladane naklady|castka|presupuesto|coste?s?|importe|dotacion|обсяг"
            r"|орієнтовн\w+ обсяг\w*|вартість|сума)\b",
        ),
        (
            0.8,
            r"^srodki (ue|unijne|europejskie|wlasne|zewnetrzne|miasta|gminy|krajowe|z)\b"
            rf"|^({_PARTS})\b.*(budzet|srodk|dotac|\bue\b|unij|wlasn|gmin|miast"
            r"|fundusz|grant|panstw|wojew|kwot|budget|fund|eigen|\beu\b|rozpoc|dotace"
            r"|zdroj|бюджет|кошт)",
        ),
        (
            0.76,
            r"^wartosc (ogolem|calkowit\w+|projektu|zadania|brutto|netto)",
        ),
        (
            0.76,
            rf"^({_SUMS})( 20\d\d)?( r)?( (w|in|v|en))?( tys| tis| tsd| тис)?"
            r"( zl| pln| eur| kc| czk| грн)?( 20\d\d)?( r)?$",
        ),
        (
            0.85,
            rf"\b({_COSTS})|wydatk|srodki finansow|money planned|вартіст|фінансуван",
        ),
        (0.5, r"\bplan\b|planowan|srodki|money|dotacj|grant"),
    ),
    "decision": ((0.8, r"decyzj|decision"),),
    "monitoring": (
        (
            0.6,
            r"evaluierung|erfolgskontrolle|vyhodnoceni|zpusob overeni|evaluacion"
            r"|seguimiento|verificacion",
        ),
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
    "targets": (
        (0.9, rf"\b({_stems(details.INDICATOR)})|messgrosse|kpi|target value|wartosc docelow"),
        (0.4, rf"\b({_stems(details.RESULT)})"),
    ),
    "disposition": ((0.8, r"co dalej|kontynuacj|in the coming time|start stop"),),
    UNMAPPED: (
        (
            0.97,
            r"(koszt\w*|cen[ay]|stawk[ai]) jednost|jednostkow\w* (koszt|cen)|^(cena|stawka)\b"
            r"|unit (cost|price)|stuckkosten|einzelkosten|jednotkov"
            r"|(coste|precio) unitario|за одиницю",
        ),
        (0.95, r"^(liczba|ilosc|number of|count|anzahl|pocet|numero de|cantidad|кількість)\b"),
        (0.8, rf"^({_REMARKS}|hinweis\w*|stopien|grado de|коментар\w*)\b"),
        (
            0.5,
            r"uwag|komentarz|stan realizacji|stopien realizacji|postep|status|opis"
            r"|description|progress|стан",
        ),
    ),
}
