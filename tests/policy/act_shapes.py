"""Acts in the shapes in which cities write them, each with what it says: areas, and the activities
of each.
"""

RESOLUTION = """UCHWAŁA NR V/50/2024
RADY MIASTA
z dnia 15 maja 2024 r.
w sprawie przyjęcia Programu integracji na lata 2024-2027

§ 1. Przyjmuje się Program stanowiący załącznik do uchwały.
§ 2. Wykonanie uchwały powierza się Prezydentowi Miasta.
§ 3. Uchwała wchodzi w życie z dniem podjęcia.

Załącznik do uchwały nr V/50/2024
Rady Miasta
z dnia 15 maja 2024 r.

PROGRAM INTEGRACJI NA LATA 2024-2027

"""
TWO_AREAS = [
    ("Edukacja", ["Kurs języka polskiego", "Asystenci międzykulturowi"]),
    ("Praca", ["Doradztwo zawodowe", "Targi pracy"]),
]
ENGLISH_AREAS = [
    ("Education", ["Polish courses", "Intercultural assistants"]),
    ("Work", ["Career advice", "Job fair"]),
]

SHAPES: dict[str, tuple[str, list[tuple[str, list[str]]]]] = {
    "levels by name, decimal": (
        "Priorytet 1. Edukacja\nCel 1.1. Dobra szkoła\nDziałanie 1.1.1. Kurs języka polskiego\n"
        "Działanie 1.1.2. Asystenci międzykulturowi\nPriorytet 2. Praca\nCel 2.1. Godna praca\n"
        "Działanie 2.1.1. Doradztwo zawodowe\nDziałanie 2.1.2. Targi pracy\n",
        TWO_AREAS,
    ),
    "levels by name, counted anew": (
        "PRIORYTET I: EDUKACJA\n\nCel 1: Dobra szkoła\n\nDziałanie 1: Kurs języka polskiego\n\n"
        "Działanie 2: Asystenci międzykulturowi\n\nPRIORYTET II: PRACA\n\nCel 1: Godna praca\n\n"
        "Działanie 1: Doradztwo zawodowe\n\nDziałanie 2: Targi pracy\n",
        [("EDUKACJA", TWO_AREAS[0][1]), ("PRACA", TWO_AREAS[1][1])],
    ),
    "areas with aims and lists": (
        "Obszar 1: Edukacja\nCel: dobra szkoła dla każdego\nDziałania:\n- Kurs języka polskiego\n"
        "- Asystenci międzykulturowi\nOdbiorcy: uczniowie\nRealizator: Wydział Oświaty\n"
        "Obszar 2: Praca\nCel: godna praca\nDziałania:\n- Doradztwo zawodowe\n- Targi pracy\n"
        "Odbiorcy: dorośli\nRealizator: Urząd Pracy\n",
        TWO_AREAS,
    ),
    "areas with numbered lists": (
        "Obszar 1. Edukacja\nDziałania:\n1. Kurs języka polskiego\n2. Asystenci międzykulturowi\n"
        "Obszar 2. Praca\nDziałania:\n1. Doradztwo zawodowe\n2. Targi pracy\n",
        TWO_AREAS,
    ),
    "areas with lettered lists": (
        "Obszar 1. Edukacja\nDziałania:\na) Kurs języka polskiego,\nb) Asystenci międzykulturowi.\n"
        "Obszar 2. Praca\nDziałania:\na) Doradztwo zawodowe,\nb) Targi pracy.\n",
        TWO_AREAS,
    ),
    "numbered areas with labelled passages": (
        "1. Edukacja\n\nCel: dobra szkoła dla każdego.\n\nPlanowane działania:\n\n"
        "• Kurs języka polskiego\n\n• Asystenci międzykulturowi\n\nGrupa docelowa: uczniowie\n\n"
        "Podmiot odpowiedzialny: Wydział Oświaty\n\nTermin realizacji: 2024-2027\n\n"
        "2. Praca\n\nCel: godna praca.\n\nPlanowane działania:\n\n• Doradztwo zawodowe\n\n"
        "• Targi pracy\n\nGrupa docelowa: dorośli\n\nPodmiot odpowiedzialny: Urząd Pracy\n",
        TWO_AREAS,
    ),
    "aims as areas": (
        "Cel strategiczny 1. Edukacja\nZadania:\n• Kurs języka polskiego\n"
        "• Asystenci międzykulturowi\nCel strategiczny 2. Praca\nZadania:\n• Doradztwo zawodowe\n"
        "• Targi pracy\n",
        TWO_AREAS,
    ),
    "strategic and operational aims": (
        "Cel strategiczny 1. Edukacja\nCel operacyjny 1.1. Szkoła\n"
        "Zadanie 1.1.1. Kurs języka polskiego\nCel operacyjny 1.2. Kadra\n"
        "Zadanie 1.2.1. Asystenci międzykulturowi\nCel strategiczny 2. Praca\n"
        "Cel operacyjny 2.1. Rynek\nZadanie 2.1.1. Doradztwo zawodowe\nZadanie 2.1.2. Targi pracy\n",
        TWO_AREAS,
    ),
    "directions": (
        "Kierunek 1. Edukacja\nDziałanie 1.1. Kurs języka polskiego\n"
        "Działanie 1.2. Asystenci międzykulturowi\nKierunek 2. Praca\n"
        "Działanie 2.1. Doradztwo zawodowe\nDziałanie 2.2. Targi pracy\n",
        TWO_AREAS,
    ),
    "activities with details": (
        "Priorytet 1. Edukacja\nDziałanie 1.1. Kurs języka polskiego\nOpis: zajęcia wieczorowe\n"
        "Realizator: Wydział Oświaty\nWskaźnik: liczba osób\nDziałanie 1.2. Asystenci międzykulturowi\n"
        "Realizator: szkoły\nTermin: 2025\nPriorytet 2. Praca\nDziałanie 2.1. Doradztwo zawodowe\n"
        "Realizator: Urząd Pracy\nDziałanie 2.2. Targi pracy\nBudżet: 20 000 zł\n",
        [
            ("Edukacja", ["Kurs języka polskiego", "Asystenci międzykulturowi"]),
            ("Praca", ["Doradztwo zawodowe", "Targi pracy"]),
        ],
    ),
    "decimals with a dot": (
        "1. Edukacja\n1.1. Szkoła\n1.1.1. Kurs języka polskiego\n1.1.2. Asystenci międzykulturowi\n"
        "2. Praca\n2.1. Rynek\n2.1.1. Doradztwo zawodowe\n2.1.2. Targi pracy\n",
        TWO_AREAS,
    ),
    "decimals without a dot": (
        "1 Edukacja\n1.1 Kurs języka polskiego\n1.2 Asystenci międzykulturowi\n2 Praca\n"
        "2.1 Doradztwo zawodowe\n2.2 Targi pracy\n",
        TWO_AREAS,
    ),
    "letters in numbers": (
        "1 Edukacja\n1.A Szkoła\n1.A.1 Kurs języka polskiego\n1.A.2 Asystenci międzykulturowi\n"
        "2 Praca\n2.A Rynek\n2.A.1 Doradztwo zawodowe\n2.A.2 Targi pracy\n",
        TWO_AREAS,
    ),
    "roman numbers": (
        "I. Edukacja\nI.1. Kurs języka polskiego\nI.2. Asystenci międzykulturowi\nII. Praca\n"
        "II.1. Doradztwo zawodowe\nII.2. Targi pracy\n",
        TWO_AREAS,
    ),
    "headings between bullets": (
        "DZIAŁANIA\n\nEdukacja\n• Kurs języka polskiego\n• Asystenci międzykulturowi\nPraca\n"
        "• Doradztwo zawodowe\n• Targi pracy\n",
        TWO_AREAS,
    ),
    "chapters around a plan": (
        "Rozdział 1\nWprowadzenie\nGmina zaprasza wszystkich.\n\nRozdział 2\nDiagnoza\n"
        "1. Ludność\nMieszka tu wiele osób.\n2. Praca\nPracy jest dużo.\n\n"
        "Rozdział 3\nCele i działania\n1. Edukacja\n1) Kurs języka polskiego;\n"
        "2) Asystenci międzykulturowi.\n2. Praca\n1) Doradztwo zawodowe;\n2) Targi pracy.\n\n"
        "Rozdział 4\nMonitoring\nRaport powstaje raz w roku.\n",
        TWO_AREAS,
    ),
    "English": (
        "Priority 1: Education\nObjective 1.1: A good school\nAction 1.1.1: Polish courses\n"
        "Action 1.1.2: Intercultural assistants\nPriority 2: Work\nObjective 2.1: Fair work\n"
        "Action 2.1.1: Career advice\nAction 2.1.2: Job fair\n",
        ENGLISH_AREAS,
    ),
    "English priorities without a number": (
        "Priority: Education\nActivities:\n- Polish courses\n- Intercultural assistants\n"
        "Priority: Work\nActivities:\n- Career advice\n- Job fair\n",
        ENGLISH_AREAS,
    ),
    "a table with a row for the sum of each area": (
        "Obszar\tDziałanie\tKwota\nEdukacja\tKurs języka polskiego\t100\n"
        "\tAsystenci międzykulturowi\t50\nRazem\t\t150\nPraca\tDoradztwo zawodowe\t100\n"
        "\tTargi pracy\t100\n\tSuma\t200\nOgółem\t\t350 zł\n",
        TWO_AREAS,
    ),
    "English with labels": (
        "1. Education\n\nAim: A good school.\n\nProposed measures:\n\n- Polish courses\n"
        "- Intercultural assistants\n\nTarget group: pupils\n\nLead institution: Education Office\n\n"
        "2. Work\n\nAim: Fair work.\n\nProposed measures:\n\n- Career advice\n- Job fair\n\n"
        "Target group: adults\n\nLead institution: Labour Office\n",
        ENGLISH_AREAS,
    ),
    "Czech": (
        "Priorita 1 Vzdělávání\nCíl 1.1 Dobrá škola\nOpatření 1.1.1 Kurzy češtiny\n"
        "Opatření 1.1.2 Asistenti\nPriorita 2 Práce\nCíl 2.1 Důstojná práce\n"
        "Opatření 2.1.1 Poradenství\nOpatření 2.1.2 Veletrh\n",
        [("Vzdělávání", ["Kurzy češtiny", "Asistenti"]), ("Práce", ["Poradenství", "Veletrh"])],
    ),
    "Ukrainian": (
        "Пріоритет 1. Освіта\nЦіль 1.1. Добра школа\nЗавдання 1.1.1. Курси мови\n"
        "Завдання 1.1.2. Асистенти\nПріоритет 2. Праця\nЦіль 2.1. Гідна праця\n"
        "Завдання 2.1.1. Поради\nЗавдання 2.1.2. Ярмарок\n",
        [("Освіта", ["Курси мови", "Асистенти"]), ("Праця", ["Поради", "Ярмарок"])],
    ),
    "German": (
        "Handlungsfeld 1: Sprache\nZiel 1.1: Kurse für alle\nMaßnahme 1.1.1: Elternkurse\n"
        "Maßnahme 1.1.2: Dolmetscher\nHandlungsfeld 2: Arbeit\nZiel 2.1: Beratung\n"
        "Maßnahme 2.1.1: Messe\nMaßnahme 2.1.2: Anerkennung\n",
        [("Sprache", ["Elternkurse", "Dolmetscher"]), ("Arbeit", ["Messe", "Anerkennung"])],
    ),
    "a table of areas, aims and activities": (
        "Obszar\tCel\tDziałanie\tRealizator\nEdukacja\tDobra szkoła\tKurs języka polskiego\tOświata\n"
        "\t\tAsystenci międzykulturowi\tSzkoły\nPraca\tGodna praca\tDoradztwo zawodowe\tUrząd Pracy\n"
        "\t\tTargi pracy\tUrząd Pracy\n",
        TWO_AREAS,
    ),
    "a table with rows that head others": (
        "Lp.\tDziałanie\tJednostka odpowiedzialna\tTermin\nEDUKACJA\t\t\t\n"
        "1.\tKurs języka polskiego\tWydział Oświaty\t2024\n"
        "2.\tAsystenci międzykulturowi\tSzkoły\t2025\nPRACA\t\t\t\n"
        "3.\tDoradztwo zawodowe\tUrząd Pracy\t2024\n4.\tTargi pracy\tUrząd Pracy\t2026\n",
        [("EDUKACJA", TWO_AREAS[0][1]), ("PRACA", TWO_AREAS[1][1])],
    ),
    "tables below headings": (
        "1. Edukacja\n\nDziałanie\tWykonawca\tTermin\nKurs języka polskiego\tOświata\t2024\n"
        "Asystenci międzykulturowi\tSzkoły\t2025\n\n2. Praca\n\nDziałanie\tWykonawca\tTermin\n"
        "Doradztwo zawodowe\tUrząd Pracy\t2024\nTargi pracy\tUrząd Pracy\t2026\n",
        TWO_AREAS,
    ),
    "a table with aims alone": (
        "Cel\tZadanie\tOdbiorcy\nEdukacja\tKurs języka polskiego\tdorośli\n"
        "Edukacja\tAsystenci międzykulturowi\tuczniowie\nPraca\tDoradztwo zawodowe\tdorośli\n"
        "Praca\tTargi pracy\tdorośli\n",
        TWO_AREAS,
    ),
}
