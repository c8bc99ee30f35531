"""The words that head columns, in Polish, English and Ukrainian, small and without marks
(`fuzzy.normalise_name`).

Each line: what the column is, how strongly its words say so, and the words. Several may fit; the
strongest is tried first. ORDER, NUMBER, CODE, AREA, STARTS, DUE and STATUS are columns of files
only, the others are those of the table.
"""

ORDER, NUMBER, CODE, AREA, STARTS, DUE = "order", "number", "code", "area", "starts", "due"
STATUS, AS_TEXT = "status", ""  # said in reports alone; kept as text

HEADING_PATTERNS: tuple[tuple[str, float, str], ...] = (
    (ORDER, 0.9, r"^(l ?p|poz|pozycja|no|nr|numer|no з п|з п)$"),
    (NUMBER, 0.9, r"^(nr|numer|no|number|номер) (of )?(the )?(zadania|task|завдання)( w tabeli)?$|^task (no|number)$"),
    (CODE, 0.9, r"^(kod|symbol|sygnatura|code|id|код)( (zadania|task|завдання))?$|^(task|item) (code|id)$"),
    ("title", 0.95, r"^(zadani[ae]|nazwa zadania|tytul zadania|rozwiazani[ae]|tasks?|task name|solutions?|title"
                    r"|завдання|назва завдання|рішення)( \w+){0,2}$"),
    ("title", 0.7, r"zadani|rozwiazani|\btask|\bsolution|завданн"),
    ("title", 0.6, r"^(dzialani[ae]|nazwa dzialania|opis dzialania|actions?|activit(y|ies)|measures?|захід|заходи)$"),
    ("title", 0.4, r"dzialani|przedsiewzi|projekt|inicjatyw|\baction|захід|заход"),
    ("title", 0.3, r"^(nazwa|tytul|name|what|co|назва|opis|description)$"),
    ("activities", 0.9, r"(dzialani\w*|punkt\w*|paragraf|zapis\w*|cel\w*) (z |w )?(polityki|programu|uchwaly"
                        r"|strategii)"
                        r"|(numer|nr|kod|symbol) (dzialania|punktu|paragrafu)|activity (code|no|number)"
                        r"|activit\w+ of the policy|захід політики|podstawa w (uchwale|polityce)|numer w uchwale"),
    ("activities", 0.5, r"dzialani|activit|paragraf|захід|заход|odniesienie|powiazani"),
    (AREA, 0.85, r"^(obszar\w*|cele?|cel (strategiczny|operacyjny|szczegolowy|glowny)|kierunek\w*|filar|aspekt|area"
                 r"|aims?"
                 r"|goals?|objectives?|pillar|aspect|напрям|ціль|мета|сфера)( \w+){0,2}$"),
    (AREA, 0.4, r"obszar|\bcel\b|\bcele\b|kierun|filar|priorytet strategiczny|напрям"),
    ("groups", 0.95, r"wrazliw|vulnerable|sensitive|вразлив|szczegolnych potrzeb|special needs"),
    ("audience", 0.9, r"grup\w* docelow|adresa[tc]|odbiorc|beneficjen|dla kogo|target (audience|group)|for whom"
                      r"|audience"
                      r"|beneficiar|цільов|адресат|отримувач|для кого|uczestnicy"),
    ("leader", 0.9, r"osob\w+ (odpowiedzialn|prowadzac|do kontaktu|kontaktow)|person (in charge|responsible)"
           r"|imie i nazwisko"
                    r"|kontakt|contact|відповідальна особа"),
    ("leader", 0.5, r"lider|leader|opiekun|koordynator|coordinator"),
    ("joint_leads", 0.9, r"wspolprowadz|wspolodpowiedz|joint lead|co lead|leads together|wspolwiod|співвиконав"),
    ("partners", 0.9, r"instytucj\w+ zewnetrzn|zewnetrzn\w+ (instytucj|podmiot)|outside institution|external|partner"
                      r"|wspolprac|wspolrealiz|pozarzadow|\bngo|social partners|партнер|зовнішн|співпрац"),
    ("own_role", 0.95, r"rola (miasta|gminy|urzedu|samorzadu)|(city|council|municipality) ?s? role|роль міста"),
    ("lead", 0.9, r"instytucj\w+ miejsk|jednostk\w+|komork\w+|municipal institution|podmiot\w* (odpowiedzialn"
                  r"|realiz|wiod)"
                  r"|instytucj\w+ (odpowiedzialn|realiz|wiod)|lead (institution|agency|department)|виконав"),
    ("lead", 0.75, r"odpowiedzialn|realizator|realizuj|wykonawc|responsib|\bowner|implement(er|ing)|kto|who"
                   r"|відповідал"),
    ("lead", 0.5, r"\blead\b|wydzial|instytucj|podmiot|institution|organi[sz]ation|department|lider|koordynator"
                  r"|установ"),
    (STARTS, 0.9, r"(data|termin|rok)? ?(rozpoczecia|poczatku)|^rozpoczecie$|^poczatek\b|^od( kiedy)?$|start|begin"
                  r"|початок"),
    (DUE, 0.9, r"(data|termin|rok)? ?(zakonczenia|konca)|^zakonczenie$|^koniec\b|^do( kiedy)?$|\bend\b|end date|due"
               r"|deadline"
               r"|кінець|завершення|кінцев"),
    ("when", 0.9, r"^(termin\w*|harmonogram|okres|czas|kiedy|when|timeframe|timeline|schedule|термін\w*|строк\w*"
                  r"|коли)\b"),
    ("when", 0.6, r"termin|harmonogram|okres|kiedy|\bdat[ay]\b|lata realizacji|\brok\b|\bdate|time|термін|строк|дата"),
    ("after", 0.9, r"po zadani|poprzedz|poprzednik|zalezn|after task|depends|predecessor|після завдан|залежн"),
    ("milestones", 0.9, r"kamie\w+ milow|\betap|milestone|віхи|етап"),
    ("priority", 0.85, r"priorytet|kolejnosc|waznosc|priority|пріоритет|черговість"),
    ("sources", 0.9, r"zrodl\w+ (finans|srodk|pokryc)|sources? of (money|fund|financ)|funding sources?"
                     r"|джерел\w+ (фінанс|кошт)"
                     r"|finansowanie zrodl|sposob finansowania"),
    ("resources", 0.9, r"zasob|resource|ресурс|srodki rzeczowe|niezbedne srodki"),
    ("paid", 0.95, r"(wykonan|wydatkow|wydan|poniesion|zaplacon|paid|spent|actual|витрачен|сплачен)"),
    ("committed", 0.95, r"(zaangazow|zakontrakt|przyznan|zabezpieczon|committed|contracted|secured|зобов)"),
    ("planned", 0.85, r"budzet|koszt|kwot|naklad|wydatk|srodki finansow|finansowan|money planned|budget|\bcost"
                      r"|\bfunds|funding"
                      r"|amount|бюджет|кошт|вартіст|фінансуван"),
    ("planned", 0.5, r"\bplan\b|planowan|srodki|money|dotacj|grant"),
    ("decision", 0.8, r"decyzj|decision"),
    ("monitoring", 0.9, r"monitor|ewaluac|evaluation|weryfikac|verification|моніторинг|оцінюван|sposob pomiaru"),
    ("monitoring", 0.6, r"metod|method|zrodl\w+ (danych|informacji)|source of data|метод|sprawozdawcz"),
    ("targets", 0.9, r"wskazni|miernik|indicator|показник|kpi|target value|wartosc docelow"),
    ("targets", 0.4, r"rezultat|efekt|produkt|result|output|результат"),
    ("risks", 0.9, r"ryzyk|zagrozen|\brisk|ризик"),
    ("disposition", 0.8, r"co dalej|kontynuacj|in the coming time|start stop"),
    (AS_TEXT, 0.8, r"^(uwagi|komentarz\w*|status|stan|stopien|notes?|comments?|remarks?|примітк\w*|коментар\w*)\b"),
    (AS_TEXT, 0.5, r"uwag|komentarz|stan realizacji|stopien realizacji|postep|status|opis|description|progress|стан"),
)  # fmt: skip

# Whose money a heading or a cell speaks of; earlier lines win.
SOURCE_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "sought",
        r"poszukiw|do pozyskania|niezabezpiecz|brak zrodla|not found yet|sought|to be found|шука",
    ),
    (
        "eu",
        r"\bue\b|unijn|unii europ|europejsk|\beu\b|european union|\bamif\b|\bfami\b|\befs|feniks|\bfers\b|\bєс\b"
        r"|європ",
    ),
    (
        "state",
        r"panstw|wojewod|rzadow|ministers|centraln|state|national|government|держав|funduszu? pracy|pfron",
    ),
    ("own", r"miast|miejsk|gmin|wlasn|samorzad|municip|city|own|council|міськ|власн|міст"),
    (
        "other",
        r"zewnetrz|inne|inny|grant|norwesk|eog|fundacj|sponsor|darowizn|unicef|unhcr|iom|other|outside|external|інш",
    ),
)
