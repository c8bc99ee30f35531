"""A table as offices write it is read with hardly a doubt: doubt is not the way out."""

from itertools import cycle, islice

import pytest

from splot.implementation.actions.plans import add_group
from splot.implementation.models import ImplementationPlan
from tests import factories
from tests.factories import text
from tests.table_import.tables import Lines, looked_at

pytestmark = pytest.mark.django_db
HEADINGS = ["Lp.", "Działanie", "Zadanie", "Grupa docelowa", "Instytucja miejska", "Instytucja zewnętrzna",
            "Termin realizacji", "Grupy szczególnie wrażliwe", "Zasoby", "Budżet 2024", "Priorytet",
            "Rola miasta", "Metody monitoringu"]  # fmt: skip
TITLES = ["Kurs języka polskiego dla dorosłych", "Szkolenie nauczycieli z pracy w klasie wielokulturowej",
          "Asystentki i asystenci międzykulturowi w szkołach", "Punkt informacyjny dla cudzoziemców",
          "Poradnictwo prawne dla pracowników", "Targi pracy", "Kampania „Wiem, za co mi płacą”",
          "Mediacje sąsiedzkie", "Diagnoza potrzeb społeczności", "Dzień otwarty dla nowych mieszkańców"]  # fmt: skip
ACTIVITIES = [
    "§ 3 ust. 1 pkt 1",
    "§ 3 ust. 1 pkt 2",
    "3.2.1",
    "§3 ust.2 pkt 2",
    "Działanie 3.1.1",
    "",
]
LEADS = ["Wydział Oświaty", "MOPR", "Miejski Ośrodek Pomocy Rodzinie", "Wydział Oświaty, MOPR",
         "Wydziału Oświaty", "Powiatowy Urząd Pracy", "Urząd Miasta", "Biblioteka Raczyńskich"]  # fmt: skip
PARTNERS = ["Fundacja Nauki", "Fundacja Nauki; Stowarzyszenie Most", "nie dotyczy", "", "Caritas",
            "Uniwersytet Adama Mickiewicza", "organizacje pozarządowe", "szkoły podstawowe"]  # fmt: skip
TIMES = ["2024", "2023-2024", "do 30.06.2024", "III kw. 2024", "na bieżąco", "I-III kwartał 2024 r.",
         "do końca 2024 r.", "od września 2023 r.", "w roku szkolnym 2023/2024", "II połowa 2023",
         "1 września 2023 r.", "co roku", "zadanie ciągłe", "I i II kw. 2024", "cały okres realizacji",
         "wrzesień–grudzień 2024", "na bieżąco, w miarę potrzeb", "do ustalenia", "XII 2024"]  # fmt: skip
GROUPS = ["osoby starsze", "", "osoby starsze, kobiety", "dzieci i młodzież"]
RESOURCES = [
    "2 etaty",
    "sala w bibliotece",
    "tłumacze",
    "środki własne",
    "materiały dydaktyczne",
    "",
]
MONEY = ["12 000 zł", "12 000,00", "ok. 20 tys. zł", "bez kosztów", "b.d.", "w ramach bieżącej działalności",
         "do 50 tys. zł", "30 000 zł brutto", "", "0 zł", "5 000 zł ze środków UE", "15.000,00 zł",
         "w ramach środków własnych", "1,2 mln zł", "-", "nie dotyczy", "10 x 500 zł"]  # fmt: skip
PRIORITIES = ["1", "2", "", "3"]
ROLES = ["realizator", "koordynator", "Miasto wspiera", ""]
MONITORING = ["listy obecności", "ankieta, raz w roku", ""]


def ordinary_rows(count: int) -> Lines:
    columns = [ACTIVITIES, TITLES, ["dorośli", "uczniowie i uczennice"], LEADS, PARTNERS, TIMES, GROUPS, RESOURCES,
               MONEY, PRIORITIES, ROLES, MONITORING]  # fmt: skip
    filled = [list(islice(cycle(column), count)) for column in columns]
    rows: Lines = [HEADINGS]
    for at in range(count):
        activity, title, *others = (column[at] for column in filled)
        rows.append([at + 1, activity, f"{title}, edycja {at + 1}", *others])
    return rows


def test_sixty_rows_raise_three_doubts_at_most(plan: ImplementationPlan) -> None:
    town = plan.municipality
    for name, kind in [("Wydział Oświaty", "municipal_unit"), ("Miejski Ośrodek Pomocy Rodzinie", "municipal_unit"),
                       ("Fundacja Nauki", "ngo")]:  # fmt: skip
        factories.organisation(town, name, kind)
    add_group(by=None, municipality=town, name=text("osoby starsze"))
    rows = looked_at(plan, ordinary_rows(60)).rows
    doubts = [(row.row, doubt) for row in rows for doubt in row.doubts]
    assert len(rows) == 60 and len(doubts) <= 3, doubts
