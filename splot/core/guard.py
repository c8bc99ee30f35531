"""A request writes only inside an action, and a safe request (GET, HEAD, OPTIONS) never does.

Enforced where it cannot be forgotten: at the database connection, for every statement of a request.
The only exceptions are the tables in BOOKKEEPING.
"""

import re
from collections.abc import Callable

from django.db import connections
from django.http import HttpRequest, HttpResponse

from .actions import in_action

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
READ_STATEMENT = re.compile(
    r"[\s(]*(SELECT|EXPLAIN|PRAGMA|SHOW|SET|BEGIN|SAVEPOINT|RELEASE|ROLLBACK)\b", re.IGNORECASE
)
# What a request may write outside an action, also by GET: it says nothing about a municipality.
BOOKKEEPING = {
    "django_session": "the browser's visit",
    "people_attempts": "how often an address or a visitor guessed, for a quarter of an hour",
}
BOOKKEEPING_WRITE = re.compile(
    rf'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"({"|".join(BOOKKEEPING)})"[^;]*$', re.IGNORECASE
)


class WriteRefused(Exception):
    """A write where none may happen: in a safe request, or outside an action."""


def refuse_writes(safe: bool) -> Callable[..., object]:
    """A wrapper for `connection.execute_wrapper` that lets reads pass, and writes only inside an
    action.
    """

    def guard(
        execute: Callable[..., object],
        sql: str,
        params: object,
        many: bool,
        context: dict[str, object],
    ) -> object:
        allowed = (
            READ_STATEMENT.match(sql) or BOOKKEEPING_WRITE.match(sql) or (in_action() and not safe)
        )
        if not allowed:
            raise WriteRefused(f"{'a safe request' if safe else 'no action'}: {sql[:120]}")
        return execute(sql, params, many, context)

    return guard


class GuardedWrites:
    """Middleware: every request runs under the guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        guard = refuse_writes(safe=request.method in SAFE_METHODS)
        with connections["default"].execute_wrapper(guard):
            return self.get_response(request)
