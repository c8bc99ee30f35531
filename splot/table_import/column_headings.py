"""The codes of columns that only files have, and the words that head each column in other people's
spreadsheets: (how surely, pattern of a heading by `normalise_name`, which takes the marks off Latin
letters), in Polish, English, Ukrainian, German, Czech and Spanish. Where several fit equally, the
earlier line wins.
"""

from splot.spreadsheet_columns.schema import UNMAPPED

ORDER, NUMBER, CODE, AREA, STARTS, DUE = "order", "number", "code", "area", "starts", "due"
STATUS, GROUP = "status", "group"  # of our own files, and not read: no column of the table
TOTAL = "total"  # of money, that of other columns: it checks them and is not read itself

HEADINGS: dict[str, tuple[tuple[float, str], ...]] = {
    ORDER: (
        (
            0.9,
            r"^(lfd( nr)?|laufende nummer|c|cislo|poradi|por c|poradove cislo|n o|num"
            r"|numero|n|№|номер|п п|n п п)$",
        ),
        (0.9, r"^(l ?p|poz|pozycja|no|nr|numer|no з п|з п)$"),
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
        (
            0.95,
            r"^(massnahmen?|einzelmassnahmen?|aufgaben?|vorhaben|opatreni|nazev opatreni"
            r"|ukoly?|nazev ukolu|nazev aktivity|medidas?|acciones?|accion|actuacion(es)?"
            r"|tareas?|заходи|захід|назва заходу|зміст заходу|найменування заходу"
            r"|найменування завдання)( \w+){0,3}$",
        ),
        (
            0.7,
            r"\bmassnahme|\bopatreni|\bmedida|\bactuacion|назва (заходу|завдання)"
            r"|найменування заход",
        ),
        (
            0.6,
            r"^(aktivitat(en)?|projekte?|bezeichnung( der massnahme)?|titel|aktivit[ay]"
            r"|cinnost|nazev|actividad(es)?|proyectos?|denominacion|nombre)$",
        ),
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
            r"^(handlungsfeld(er)?|bereich|themenfeld|ziel(e)?|teilziel|leitziel|oberziel"
            r"|oblast|cile?|strategicky cil|specificky cil|priorita|pilir"
            r"|eje( estrategico)?|area( tematica)?|objetivos?( \w+)?|linea estrategica"
            r"|стратегічна ціль|оперативна ціль)( \w+){0,2}$",
        ),
        (
            0.85,
            r"^(obszar\w*|themes?|strands?|domains?|cele?"
            r"|cel (strategiczny|operacyjny|szczegolowy|glowny)"
            r"|kierunek\w*|filar|aspekt|area|aims?|goals?|objectives?|pillar|aspect"
            r"|напрям|ціль|мета|сфера)( \w+){0,2}$",
        ),
        (0.4, r"obszar|\bcel\b|\bcele\b|kierun|filar|priorytet strategiczny|напрям"),
    ),
    "groups": ((0.95, r"wrazliw|vulnerable|sensitive|вразлив|szczegolnych potrzeb|special needs"),),
    "audience": (
        (
            0.9,
            r"zielgruppe|adressat|cilov\w+ skupin|destinatari|poblacion|grupo destinatario"
            r"|beneficiari",
        ),
        (
            0.9,
            r"grup\w* docelow|adresa[tc]|odbiorc|beneficjen|dla kogo|target (audience"
            r"|group)|for whom|audience|beneficiar|цільов|адресат|отримувач|для кого"
            r"|uczestnicy",
        ),
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
            r"beteiligte|kooperation|mitwirkend|spoluprac|spolurealiz|colabora|socios"
            r"|entidades? (implicadas|colaborador)|співвикон",
        ),
        (
            0.9,
            r"instytucj\w+ zewnetrzn|zewnetrzn\w+ (instytucj|podmiot)"
            r"|outside institution|external|partner|wspolprac|wspolrealiz|pozarzadow"
            r"|\bngo|social partners|партнер|зовнішн|співпрац",
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
            r"^(zeitraum|zeitrahmen|zeitplan|zeitlicher rahmen|frist|laufzeit|dauer"
            r"|umsetzung bis|lhuta|doba (realizace|trvani)|obdobi|plazos?|calendario"
            r"|cronograma|periodo|temporalizacion|fechas?|термін (виконання|реалізації)"
            r"|строк (виконання|реалізації)|період|роки)\b",
        ),
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
        (
            0.6,
            r"^(kwartal|miesiac|polrocze|quarter|month|quartal|monat|ctvrtleti|mesic|pololeti|trimestre|mes"
            r"|квартал|місяць)( realizacji)?$",
        ),
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
            r"^(zrodl[oa]|quelle|zdroje?|fuentes?|джерел[оа])$|zdroj\w* (financ|prostred)"
            r"|finanzierungsquelle|fuentes? de financ|mittelherkunft",
        ),
        (
            0.9,
            r"zrodl\w+ (finans|srodk|pokryc)|sources? of (money|fund|financ)"
            r"|funding sources?|джерел\w+ (фінанс|кошт)|finansowanie zrodl"
            r"|sposob finansowania",
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
            r"|^(w tym|z tego|z czego|of which|including|davon|darunter|z toho"
            r"|у тому числі|в т ч)\b.*(budzet|srodk|dotac|\bue\b|unij|wlasn|gmin|miast"
            r"|fundusz|grant|panstw|wojew|kwot|budget|fund|eigen|\beu\b|rozpoc|dotace"
            r"|zdroj|бюджет|кошт)",
        ),
        (
            0.76,
            r"^wartosc (ogolem|calkowit\w+|projektu|zadania|brutto|netto)",
        ),
        (
            0.76,
            r"^(razem|ogolem|lacznie|suma|total|gesamt|summe|insgesamt|celkem|разом|усього"
            r"|всього)( 20\d\d)?( r)?( (w|in|v|en))?( tys| tis| tsd| тис)?"
            r"( zl| pln| eur| kc| czk| грн)?( 20\d\d)?( r)?$",
        ),
        (
            0.85,
            r"budzet|koszt|kwot|naklad|wydatk|srodki finansow|finansowan|money planned"
            r"|budget|\bcost|\bfunds|funding|amount|бюджет|кошт|вартіст|фінансуван",
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
        (0.9, r"indikator|kennzahl|messgrosse|ukazatel|indicador"),
        (0.9, r"wskazni|miernik|indicator|показник|kpi|target value|wartosc docelow"),
        (0.4, r"rezultat|efekt|produkt|result|output|результат"),
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
        (
            0.8,
            r"^(bemerkung\w*|anmerkung\w*|hinweis\w*|umsetzungsstand|stand|poznamk\w*|stav"
            r"|observaciones|estado|grado de)\b",
        ),
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
}
