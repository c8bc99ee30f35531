"""The words for every month, every quarter and every year, of times and of money alike."""

from __future__ import annotations

MONTHLY, QUARTERLY, YEARLY = "monthly", "quarterly", "yearly"
ONCE_IN = r"(?:raz|1\s?x|1\s+raz)\s+(?:w|do|na)\s+"
EVERY_MONTH = (
    rf"{ONCE_IN}miesiąc\w*|co\s+miesiąc|każdego\s+miesiąca|w\s+każdym\s+miesiącu|comiesięczn\w+"
    r"|miesięcznie|monthly|every\s+month|each\s+month|once\s+a\s+month"
    r"|monatlich|jeden\s+monat|měsíčně|každý\s+měsíc|mensual(?:mente)?|cada\s+mes"
    r"|щомісяця|щомісячно"
)
EVERY_QUARTER = (
    rf"{ONCE_IN}kwarta\w+|co\s+kwartał|każdego\s+kwartału|w\s+każdym\s+kwartale|cokwartaln\w+"
    r"|kwartalnie|quarterly|every\s+quarter|each\s+quarter|once\s+a\s+quarter"
    r"|vierteljährlich|čtvrtletně|trimestral(?:mente)?|щокварталу|щоквартально"
)
EVERY_YEAR = (
    rf"{ONCE_IN}roku?|co\s+roku?|corocznie|coroczn[aey]\w*|rokrocznie|rocznie|każdego\s+roku"
    r"|w\s+każdym\s+roku|co\s+12\s+miesięcy|yearly|annually|annual|every\s+year|each\s+year"
    r"|once\s+a\s+year|jährlich|jedes\s+jahr|každoročně|každý\s+rok|ročně|anual(?:mente)?"
    r"|cada\s+año|щороку|щорічно"
)
