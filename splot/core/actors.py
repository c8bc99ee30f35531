"""Who acts: a user, the holder of a link, somebody anonymous or the system; and on whose behalf."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class ActorKind(models.TextChoices):
    USER = "user"
    LINK = "link"
    ANONYMOUS = "anonymous"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who did something, as the audit trail keeps it.

    `link` is a row whose text says which link it is; `user` whoever has the account, or whose the
    link is. `on_behalf_of` is an organisation or a body. Of somebody anonymous nothing is kept, and
    no time finer than a day.
    """

    kind: ActorKind
    user: AbstractBaseUser | None = None
    link: models.Model | None = None
    on_behalf_of: models.Model | None = None


# What actions take as `by`: None is the system.
By = Actor | AbstractBaseUser | None

SYSTEM = Actor(ActorKind.SYSTEM)
ANONYMOUS = Actor(ActorKind.ANONYMOUS)


def actor_of_user(user: AbstractBaseUser, on_behalf_of: models.Model | None = None) -> Actor:
    """A person with an account, for themselves or for an organisation or body."""
    return Actor(ActorKind.USER, user=user, on_behalf_of=on_behalf_of)


def actor_of_link(
    link: models.Model,
    user: AbstractBaseUser | None = None,
    on_behalf_of: models.Model | None = None,
) -> Actor:
    """Whoever holds a link, which is a person's or an institution's."""
    return Actor(ActorKind.LINK, user=user, link=link, on_behalf_of=on_behalf_of)


def as_actor(by: By) -> Actor:
    """What an action was given as `by`: an actor as it is, a user, or None for the system."""
    if isinstance(by, Actor):
        return by
    return SYSTEM if by is None else actor_of_user(by)
