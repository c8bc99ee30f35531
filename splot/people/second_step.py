"""Between the right password and the second factor: who it is, kept in the session for a while.

Nobody is signed in yet; every page still treats them as a stranger.
"""

from time import time

from django.http import HttpRequest
from django.urls import reverse

from splot.core.values import Json

from .models import User
from .second_factors import has_second_factor, must_have_second_factor

SESSION_KEY = "second_step"
STEP_SECONDS = 15 * 60


def needs_second_step(user: User) -> bool:
    return has_second_factor(user) or must_have_second_factor(user)


def start_second_step(request: HttpRequest, user: User, next_url: str) -> str:
    """Keep who gave the right password; gives the page that goes on from there."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = {
        "user": user.pk,
        "stamp": user.get_session_auth_hash(),
        "until": int(time()) + STEP_SECONDS,
        "next": next_url,
    }
    return reverse("second_step" if has_second_factor(user) else "second_step_setup")


def user_at_second_step(request: HttpRequest) -> User | None:
    """Who gave the right password in this browser a moment ago, if it is the password still."""
    step: Json = request.session.get(SESSION_KEY) or {}
    if step.get("until", 0) < time():
        return None
    user = User.objects.filter(pk=step["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == step["stamp"] else None


def end_second_step(request: HttpRequest) -> str:
    """Forget it, and give the page that was wanted."""
    step: Json = request.session.pop(SESSION_KEY, None) or {}
    return str(step.get("next", ""))
