"""The people behind those who act: the account of an actor, the holder of a personal link."""

from typing import cast

from splot.core.actors import Actor, By, actor_of_link, as_actor

from .models import PersonalLink, User


def user_of(by: By) -> User | None:
    """The account of whoever acts, or whose link it is; None where there is none."""
    return cast("User | None", as_actor(by).user)


def actor_by_link(link: PersonalLink) -> Actor:
    """The holder of a personal link: its person, or somebody who speaks for its institution."""
    return actor_of_link(link, user=link.user, on_behalf_of=link.organisation)
