"""Rows for the addresses of imported tables."""

from tests.table_import.tables import saved_import
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    table_import = saved_import(town.policy, [["Zadanie", "Ryzyka"], ["Kurs", "Brak"]])
    of_import = ("table_import", "table_import_columns", "apply_table_import")
    return town.in_policy("import_table") | town.in_policy(
        *of_import, "archive_table_import", "undo_table_import", number=table_import.pk
    )
