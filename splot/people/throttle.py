"""How often something was tried of late: one count for all web processes, kept over restarts.

Who tried is kept as a keyed hash alone, and no longer than the window in which it counts.
"""

from time import time

from django.db import connection
from django.utils.crypto import salted_hmac

from .models import Attempts

# One statement, so that two at the same moment count as two. A window that is over begins anew.
COUNT_ONE_MORE = """
INSERT INTO "people_attempts" AS kept ("key", "count", "ends_at") VALUES (%s, 1, %s)
ON CONFLICT ("key") DO UPDATE SET
    "count" = CASE WHEN kept."ends_at" > %s THEN kept."count" + 1 ELSE 1 END,
    "ends_at" = CASE WHEN kept."ends_at" > %s THEN kept."ends_at" ELSE excluded."ends_at" END
RETURNING "count"
"""


def exceeds_limit(what: str, *, limit: int, seconds: int) -> bool:
    """Count one more try of `what` ("sign-in ada@example.org"): is it beyond the limit within
    `seconds` from the first?
    """
    now = int(time())
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE_MORE, [_key_of(what), now + seconds, now, now])
        (count,) = cursor.fetchone()
    if count == 1:  # as often as rows are added, so that they never pile up
        Attempts.objects.filter(ends_at__lte=now).delete()
    return bool(count > limit)


def forget_attempts(what: str) -> None:
    """It succeeded: what was tried before counts no more."""
    Attempts.objects.filter(key=_key_of(what)).delete()


def _key_of(what: str) -> str:
    return salted_hmac("splot.people.throttle", what, algorithm="sha256").hexdigest()
