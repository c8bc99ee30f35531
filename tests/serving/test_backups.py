"""A backup holds the installation whole, or is refused; a restore replaces it whole, or not."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from splot.cli import main
from splot.core.daily_backups import daily_backup_path, list_daily_backups
from splot.serving.backups.daily import DailyBackup, make_daily_backup
from splot.serving.backups.make import make_backup
from splot.serving.backups.refusals import BackupRefused
from splot.serving.backups.restore import UNFINISHED, check_backup, restore_backup
from splot.serving.supervisor import lock_installation
from tests.serving.installation import add_notes, count_notes, lead_to, make_installation


@pytest.fixture
def data(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(settings.DATABASES, "default", {})
    make_installation(tmp_path / "data", settings)
    return tmp_path / "data"


def test_all_of_an_installation_comes_back_elsewhere(
    data: Path, tmp_path: Path, settings: Any
) -> None:
    backup = tmp_path / "splot.backup"
    manifest = make_backup(backup)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert manifest.tables == {"django_migrations": 1, "note": 3}
    assert set(manifest.files) == {"database.sqlite3", "files/acts/act.pdf", "secret_key"}
    other = make_installation(tmp_path / "other", settings, notes=50)
    restored, aside = restore_backup(backup)
    assert restored == manifest
    assert count_notes(other) == 3
    assert (tmp_path / "other/secret_key").read_text() == "of data"
    assert (tmp_path / "other/files/acts/act.pdf").read_bytes() == b"%PDF of data"
    assert count_notes(aside / "splot.sqlite3") == 50
    assert (aside / "secret_key").read_text() == "of other"
    assert (aside / "files/acts/act.pdf").read_bytes() == b"%PDF of other"


def test_only_its_owner_can_read_what_is_restored(data: Path, tmp_path: Path) -> None:
    make_backup(tmp_path / "splot.backup")
    __, aside = restore_backup(tmp_path / "splot.backup")
    modes = {name: (data / name).stat().st_mode & 0o777 for name in ("splot.sqlite3", "secret_key")}
    assert modes == {"splot.sqlite3": 0o600, "secret_key": 0o600}
    assert aside.stat().st_mode & 0o777 == 0o700


def test_writes_that_are_not_in_the_main_file_yet_are_in_the_backup(
    data: Path, tmp_path: Path
) -> None:
    database = data / "splot.sqlite3"
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("INSERT INTO note VALUES ('acknowledged')")
        writer.commit()
        writer.execute("INSERT INTO note VALUES ('not yet')")
        assert make_backup(tmp_path / "splot.backup").tables["note"] == 4


def test_what_stood_beside_the_old_database_does_not_pass_for_the_new_one(
    data: Path, tmp_path: Path
) -> None:
    make_backup(tmp_path / "splot.backup")
    database = data / "splot.sqlite3"
    writer = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute("
    writer += "'PRAGMA wal_autocheckpoint = 0'); c.execute(\"INSERT INTO note VALUES ('later')\")"
    killed = f"{writer}; c.commit(); os._exit(9)"
    subprocess.run([sys.executable, "-c", killed, str(database)], check=False)
    assert (data / "splot.sqlite3-wal").stat().st_size > 0
    __, aside = restore_backup(tmp_path / "splot.backup")
    assert count_notes(database) == 3
    assert count_notes(aside / "splot.sqlite3") == 4


def test_nothing_is_overwritten(data: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("words")
    with pytest.raises(BackupRefused, match="exists already"):
        make_backup(tmp_path / "letter.txt")
    with pytest.raises(BackupRefused, match="there is no folder"):
        make_backup(tmp_path / "nowhere/splot.backup")
    assert (tmp_path / "letter.txt").read_text() == "words"


def test_a_damaged_database_is_not_taken_for_a_good_one(data: Path, tmp_path: Path) -> None:
    database = data / "splot.sqlite3"
    add_notes(database, 5000)
    with database.open("r+b") as file:
        file.seek(4096 * 6)
        file.write(os.urandom(4096))
    with pytest.raises(BackupRefused, match="damaged"):
        make_backup(tmp_path / "splot.backup")
    assert list(tmp_path.glob("splot.backup*")) == []


@pytest.mark.parametrize("place", [0.3, 0.6, 0.97])
def test_a_backup_with_a_changed_byte_replaces_nothing(
    data: Path, tmp_path: Path, place: float
) -> None:
    backup = tmp_path / "splot.backup"
    make_backup(backup)
    changed = bytearray(backup.read_bytes())
    changed[int(len(changed) * place)] ^= 0xFF
    backup.write_bytes(changed)
    add_notes(data / "splot.sqlite3", 2)
    with pytest.raises(BackupRefused):
        restore_backup(backup)
    assert count_notes(data / "splot.sqlite3") == 5
    assert list(data.glob("before-restore-*")) == []


def test_what_is_no_backup_is_refused(data: Path, tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(BackupRefused, match="no backup of Splot"):
        check_backup(tmp_path / "cut")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("letter.txt", "words")
    with pytest.raises(BackupRefused, match="no backup of Splot"):
        check_backup(tmp_path / "other.zip")
    with pytest.raises(BackupRefused, match="there is no file"):
        check_backup(tmp_path / "missing")


def rewrite_manifest(backup: Path, **values: object) -> Path:
    """The backup with other words in its manifest."""
    changed = backup.with_suffix(".changed")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), **values}).encode()
            new.writestr(name, content)
    return changed


def test_a_backup_that_does_not_fit_is_refused_with_what_to_do(data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "splot.backup"
    make_backup(backup)
    refusals = {
        "PostgreSQL, this one is on SQLite": rewrite_manifest(backup, engine="postgresql"),
    }
    for words, changed in refusals.items():
        with pytest.raises(BackupRefused, match=words):
            restore_backup(changed)
    with pytest.raises(BackupRefused, match=r"newer Splot .* update Splot first"):
        restore_backup(rewrite_manifest(backup, migrations=["core.9999_to_come"]))
    with pytest.raises(BackupRefused, match="newer Splot"):
        check_backup(rewrite_manifest(backup, format=2))
    with pytest.raises(BackupRefused, match="have not the rows"):
        restore_backup(rewrite_manifest(backup, tables={"django_migrations": 1, "note": 4}))


def test_a_name_that_leads_out_of_the_folder_is_refused(data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "splot.backup"
    (data / "files/acts/..x").write_text("bad")
    make_backup(backup)
    changed = tmp_path / "changed"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            words = old.read(name).replace(b"files/acts/..x", b"files/../../../x")
            new.writestr(name.replace("files/acts/..x", "files/../../../x"), words)
    with pytest.raises(BackupRefused, match="leads elsewhere"):
        restore_backup(changed)


def test_nothing_is_restored_under_a_running_server(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "splot.backup")]) == 0
    add_notes(data / "splot.sqlite3", 1)
    lock = lock_installation(data)
    assert lock is not None
    with lock:
        assert main(["restore", str(tmp_path / "splot.backup")]) == 1
    assert "stop it first" in capsys.readouterr().err
    assert count_notes(data / "splot.sqlite3") == 4
    assert main(["restore", str(tmp_path / "splot.backup")]) == 0
    assert count_notes(data / "splot.sqlite3") == 3


CHANGES = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir"}


def restore_and_be_killed(backup: Path, changes: int) -> int:
    """Restore in a process that ends like by a power cut before it changes the file system once
    more; its status, 9 if it was killed.
    """
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    left = changes

    def count_change(event: str, arguments: object) -> None:
        nonlocal left
        left -= event in CHANGES
        if left < 0:
            os._exit(9)

    try:
        sys.addaudithook(count_change)
        restore_backup(backup)
    except BaseException:
        os._exit(1)
    os._exit(0)


def test_a_restore_that_is_killed_leaves_either_state_whole(
    data: Path, tmp_path: Path, settings: Any
) -> None:
    backup, other = tmp_path / "splot.backup", tmp_path / "other"
    make_backup(backup)
    make_installation(other, settings, notes=50)
    status, step, unfinished = 9, 0, 0
    while status == 9:
        place = tmp_path / f"killed-{step}"
        shutil.copytree(other, place)
        lead_to(place, settings)
        status = restore_and_be_killed(backup, step)
        found, is_unfinished = count_notes(place / "splot.sqlite3"), (place / UNFINISHED).exists()
        key = (place / "secret_key").read_text()
        is_whole = (found, key) in ((3, "of data"), (50, "of other"))
        assert is_whole or (is_unfinished and found in (3, 50))
        unfinished += is_unfinished
        restore_backup(backup)
        assert count_notes(place / "splot.sqlite3") == 3
        assert (place / "files/acts/act.pdf").read_bytes() == b"%PDF of data"
        assert not (place / UNFINISHED).exists()
        step += 1
    assert status == 0
    assert unfinished >= 2  # the control: it was killed between the two states, too


def test_nothing_is_served_between_two_states(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / UNFINISHED).touch()
    assert main(["serve", "--port", "1"]) == 1
    assert "run splot restore once more" in capsys.readouterr().err


def daily(tmp_path: Path, settings: Any, kept: int) -> Path:
    settings.BACKUPS_DIR, settings.BACKUPS_KEPT = tmp_path / "days", kept
    settings.BACKUPS_DIR.mkdir()
    return settings.BACKUPS_DIR


def test_a_backup_of_each_day_and_no_more_than_are_kept(
    data: Path, tmp_path: Path, settings: Any
) -> None:
    folder, today = daily(tmp_path, settings, kept=3), timezone.localdate()
    for days in (1, 2, 3, 400, -365):  # the last while the clock was a year ahead
        daily_backup_path(folder, today - timedelta(days=days)).write_text("old")
    (folder / "letter.txt").write_text("another's")
    (folder / "splot-2026-01-01.backup.part").write_text("of one that was killed")
    assert make_daily_backup(folder) == daily_backup_path(folder, today)
    assert make_daily_backup(folder) is None
    kept = [daily_backup_path(folder, today - timedelta(days=days)).name for days in (0, 1, 2)]
    assert sorted(path.name for path in folder.iterdir()) == sorted(["letter.txt", *kept])


def test_a_backup_that_fails_takes_no_other_with_it(
    data: Path, tmp_path: Path, settings: Any
) -> None:
    folder, today = daily(tmp_path, settings, kept=1), timezone.localdate()
    daily_backup_path(folder, today - timedelta(days=1)).write_text("old")
    (data / "splot.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(BackupRefused):
        make_daily_backup(folder)
    assert [day for day, __ in list_daily_backups(folder, today)] == [today - timedelta(days=1)]


def test_without_a_folder_for_them_no_daily_backups_are_made(
    data: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.BACKUPS_DIR = None
    run = DailyBackup()
    run.make_if_due()
    assert run.process is None
    assert main(["backup", "--daily"]) == 1
    assert "SPLOT_BACKUPS" in capsys.readouterr().err
