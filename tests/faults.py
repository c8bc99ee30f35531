"""Faults of the machine below us, brought about where it is used."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")
# what is no row of a municipality: the words that could not be saved, visits, guesses
OWN_BUSINESS = ("core_unsavedentry", "django_session", "people_attempts")


@contextmanager
def breaking_writes(error: Exception, *, but: tuple[str, ...] = OWN_BUSINESS) -> Iterator[None]:
    """Every write fails, but those to these tables."""

    def execute(run: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith(WRITES) and not any(table in sql for table in but):
            raise error
        return run(sql, *arguments)

    with connection.execute_wrapper(execute):
        yield
