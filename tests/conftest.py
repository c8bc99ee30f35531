"""What every test can ask for. The demonstration is loaded once for a run and given to each test in
a transaction.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import hypothesis
import pytest
from django.core.checks import run_checks
from django.test import Client
from django.utils import translation

import splot
from splot.core.checks import CATALOGUES
from splot.documents.intake import sandbox
from splot.people.models import Municipality, User
from splot.policy.models import Policy
from tests import factories, quick
from tests.reading import ready_to_read

# How long an example takes is never asserted: a busy machine is no fault of the code. The seed
# stands in pyproject.toml, so that a run finds what the last one found; --hypothesis-seed=7 looks
# elsewhere, and so should everybody who changes what such a test asks.
TOO_SLOW = hypothesis.HealthCheck.too_slow
hypothesis.settings.register_profile("splot", deadline=None, suppress_health_check=[TOO_SLOW])
hypothesis.settings.load_profile("splot")

SEEDS = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="neither the slow tests nor the browser")
    parser.addoption("--pictures", action="store_true", help="make the pictures of the docs anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--quick"):
        config.pluginmanager.register(quick)


def pytest_sessionstart() -> None:
    """Without its catalogues hundreds of tests fail, each in words that do not say why."""
    if found := run_checks(tags=[CATALOGUES]):
        pytest.exit(" ".join(each.msg for each in found), returncode=pytest.ExitCode.USAGE_ERROR)


def pytest_collection_finish() -> None:
    """Loads every module of Splot: hypothesis takes constants of the loaded ones for its examples,
    so which tests ran before in the same process would change what the next one is asked.
    """
    for module in walk_packages(splot.__path__, "splot."):
        if not module.name.endswith(("__main__", "__init__")):
            import_module(module.name)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets a database runs; the rest has had its say on SQLite."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    others = [each for each in items if not quick.runs_on_both(each)]
    config.hook.pytest_deselected(items=others)
    items[:] = [each for each in items if quick.runs_on_both(each)]


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Cheap password hashes: the tests sign in hundreds of times."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def reading_command(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    with ready_to_read(tmp_path_factory.mktemp("reading")) as command:
        yield command


@pytest.fixture(autouse=True)
def files_are_read_by_a_process_that_is_ready(request: pytest.FixtureRequest) -> Iterator[None]:
    """Uploads need not each start Python; in tests/documents every one does, as everywhere else."""
    if "documents" in request.path.parts or not quick.meets_a_database(request.node):
        yield
        return
    usual, sandbox.COMMAND = sandbox.COMMAND, request.getfixturevalue("reading_command")
    yield
    sandbox.COMMAND = usual


@pytest.fixture(autouse=True)
def a_language_of_its_own() -> Iterator[None]:
    """English at first: a request leaves its language active in the thread, which would be the next
    test's.
    """
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture
def seed() -> Path:
    """The resolution of the source documents, which stand beside the checkout."""
    path = SEEDS / "000_0e53dab9a9903bf8.txt"
    if not path.exists():
        pytest.skip("the source documents are not beside this checkout (../shared/seeds)")
    return path


@pytest.fixture
def town(db: None) -> Municipality:
    return factories.municipality()


@pytest.fixture
def other_town(db: None) -> Municipality:
    return factories.municipality("lublin")


@pytest.fixture
def policy(town: Municipality) -> Policy:
    """A public policy with two areas, each with an aim and two activities."""
    return factories.policy(town)


@pytest.fixture
def coordinator(town: Municipality) -> User:
    return factories.user(town, "coordinator")


@pytest.fixture
def leader(town: Municipality) -> User:
    return factories.user(town, "leader")


@pytest.fixture
def signed_in() -> Iterator:
    """A client for a user: `signed_in(coordinator).get(...)`."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


# the browser of the journeys keeps a loop running
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
