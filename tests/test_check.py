"""`splot check` says in plain words what is wrong, and what to do."""

from pathlib import Path
from typing import Any

import pytest

from splot.cli import main
from splot.core.locks import WORKER_LOCK, hold_lock
from splot.serving.backups.restore import UNFINISHED
from splot.serving.supervisor import lock_installation

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir(mode=0o700)
    settings.PUBLIC_URL = "https://splot.example"
    return settings.DATA_DIR


def check(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    status = main(["check"])
    return status, capsys.readouterr().out.splitlines()


def test_an_installation_that_is_well(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    served, working = lock_installation(data), hold_lock(data / WORKER_LOCK)
    assert served and working
    with served, working:
        status, lines = check(capsys)
    assert (status, [line for line in lines if line.startswith("FAULT")]) == (0, [])
    assert "ok      Background worker: It runs, and nothing waits for long." in lines


def test_one_that_stands_still_is_no_fault(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = check(capsys)
    assert status == 0
    assert "advice  Splot: It does not run. Start it with “splot serve”." in lines


def test_each_fault_is_told_with_what_to_do(
    data: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / UNFINISHED).touch()
    (data / "secret_key").write_text("secret")
    (data / "secret_key").chmod(0o644)
    data.chmod(0o755)
    settings.PUBLIC_URL, settings.DEBUG = "http://splot.example", True
    settings.BACKUP_KEY, settings.BACKUPS_DIR = "age1typo", data / "nowhere"
    served = lock_installation(data)
    assert served
    with served:
        status, lines = check(capsys)
    assert status == 1
    faults = {line.split(":")[0].split(maxsplit=1)[1] for line in lines if line[0] == "F"}
    assert faults == {
        "Background worker",
        "Backups",
        "Restore",
        "Secret key",
        "SPLOT_URL",
        "SPLOT_DEBUG",
        "SPLOT_BACKUP_KEY",
    }
    assert any(f"chmod 600 {data / 'secret_key'}" in line for line in lines)
    assert any(f"chmod 700 {data}" in line for line in lines)
