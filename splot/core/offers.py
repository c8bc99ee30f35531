"""What rooms offer to rooms that gather: a function of an agreed name in a file of an agreed name.

    WAITING: Offer[WaitingFor] = Offer("desk", "waiting_for")
    for waiting_for in WAITING.gather(): ...

Every room that has the file takes part; nobody keeps a list of rooms. A room's place in
INSTALLED_APPS and the file in its folder are all that is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Generic, TypeVar, cast

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

ROOMS = __name__.partition(".")[0] + "."  # other packages may have a desk.py of their own

Function = TypeVar("Function", bound=Callable[..., object])


def installed_rooms() -> list[AppConfig]:
    """The rooms in the order of INSTALLED_APPS, the highest first."""
    return [config for config in apps.get_app_configs() if config.name.startswith(ROOMS)]


@cache
def modules_named(name: str) -> tuple[ModuleType, ...]:
    """The modules of this name that installed rooms have, in the order of INSTALLED_APPS."""
    return tuple(
        import_module(f"{room.name}.{name}")
        for room in installed_rooms()
        if room.module is not None and module_has_submodule(room.module, name)
    )


def module_of_room(member: str, name: str) -> ModuleType | None:
    """The module of this name in the room that a module ("splot.policy.pages.text") belongs to."""
    config = apps.get_containing_app_config(member)
    path = f"{config.name}.{name}" if config else ""
    return next((module for module in modules_named(name) if module.__name__ == path), None)


@dataclass(frozen=True)
class Offer(Generic[Function]):
    """A function that any room may have in a file of an agreed name."""

    module: str
    function: str

    def gather(self) -> list[Function]:
        """The functions of all rooms that have one, in the order of INSTALLED_APPS."""
        found = [getattr(module, self.function, None) for module in modules_named(self.module)]
        return [cast(Function, function) for function in found if function is not None]

    def of_room(self, member: str) -> Function | None:
        """The function of the room that a module belongs to, None where it offers none."""
        module = module_of_room(member, self.module)
        return cast("Function | None", getattr(module, self.function, None))
