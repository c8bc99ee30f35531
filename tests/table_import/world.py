"""Rows for the addresses of imported tables."""

from tests.table_import.tables import saved_import
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    table_import = saved_import(town.policy, [["Zadanie", "Ryzyka"], ["Kurs", "Brak"]])
    of_import = ("table_reading", "table_reading_columns", "apply_table_reading")
    return town.in_policy("read_table") | town.in_policy(
        *of_import, "aside_table_reading", "undo_table_reading", number=table_import.pk
    )
