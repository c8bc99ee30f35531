"""What actions take as `by`, where it may be somebody without an account."""

from typing import cast

from splot.core.actors import Actor, actor_of_link, as_actor

from .models import PersonalLink, User

By = Actor | User | None


def user_of(by: By) -> User | None:
    """The account of whoever acts, or whose link it is; None where there is none."""
    return cast("User | None", as_actor(by).user)


def actor_by_link(link: PersonalLink) -> Actor:
    """The holder of a personal link: its person, or somebody who speaks for its institution."""
    return actor_of_link(link, user=link.user, on_behalf_of=link.organisation)
