"""The quick run before a commit: leaves out what takes long, and says at its end what that was."""

import os
from collections import Counter

import pytest

LEFT_OUT = pytest.StashKey[Counter]()
MEETS_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kinds = [kind_of(item) for item in items]
    again = sum(is_for_postgresql(item) for item in items)
    left_out = [item for item, kind in zip(items, kinds, strict=True) if kind]
    items[:] = [item for item, kind in zip(items, kinds, strict=True) if not kind]
    config.hook.pytest_deselected(items=left_out)
    told = Counter(kind for kind in kinds if kind) + Counter(
        {"tests once more on PostgreSQL": again}
    )
    if hasattr(config, "workeroutput"):  # one of several processes
        config.workeroutput["left_out"] = dict(told)
    config.stash[LEFT_OUT] = told


def kind_of(item: pytest.Item) -> str:
    """Why a test is left out; "" for one that is quick."""
    if "journeys" in item.path.parts:
        return "tests in the browser"
    return "slow tests" if item.get_closest_marker("slow") else ""


def is_for_postgresql(item: pytest.Item) -> bool:
    """Whether `make test` runs it on the second engine too."""
    return runs_on_both(item) and not {"journeys", "documents"} & set(item.path.parts)


def runs_on_both(item: pytest.Item) -> bool:
    return meets_a_database(item) and not item.get_closest_marker("one_engine")


def meets_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool(
        MEETS_A_DATABASE.intersection(fixtures)
        or item.get_closest_marker("django_db")
        or "postgres" in item.nodeid
    )


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    told = getattr(node, "workeroutput", {}).get("left_out")
    if told:
        node.config.stash[LEFT_OUT] = Counter(told)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """After the line with the numbers of what passed."""
    told = config.stash.get(LEFT_OUT, None)
    if told and "PYTEST_XDIST_WORKER" not in os.environ:
        kinds = ", ".join(f"{number} {kind}" for kind, number in told.most_common())
        print(f"Left out: {kinds}. `make test` runs them all.")
