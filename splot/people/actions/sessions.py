"""Writes about sessions: begun, ended by oneself or with the account."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from splot.core.actions import action, record, record_nothing

from ..models import OpenSession, User


@action
def begin_session(*, by: User, session_key: str, browser: str) -> None:
    """Note that somebody signed in: the day with the account, the browser with the session."""
    record_nothing()
    User.objects.filter(pk=by.pk).update(last_sign_in_on=timezone.localdate())
    # whoever signs in anew in the same browser keeps its session
    values = {"user": by, "browser": browser}
    OpenSession.objects.update_or_create(session_key=session_key, defaults=values)
    own = OpenSession.objects.filter(user=by)
    own.exclude(pk__in=own.alive().values("pk")).delete()


@action
def move_session(*, by: User, old_key: str, new_key: str) -> None:
    """Follow a session whose key was changed for safety."""
    record_nothing()
    OpenSession.objects.filter(user=by, session_key=old_key).update(session_key=new_key)


@action
def end_session_here(*, by: User, session_key: str) -> None:
    """Forget the session of a browser in which somebody signs out."""
    record_nothing()
    OpenSession.objects.filter(user=by, session_key=session_key).delete()


@action
def end_sessions(*, by: User | None, user: User, number: int | None = None, keep: str = "") -> int:
    """End one session of a person by its number, or all but the one with the key `keep`; gives how
    many.
    """
    sessions = OpenSession.objects.filter(user=user).exclude(session_key=keep)
    if number is not None:
        sessions = sessions.filter(pk=number)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    if keys:
        record(by=by, verb="sessions.ended", of=user, changes={"sessions": [len(keys), 0]})
    else:
        record_nothing()
    return len(keys)
