"""What was kept as a sentence, in a database of an earlier release, is kept as a reason of today."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.test_upgrades import manage

pytestmark = pytest.mark.slow
COLUMNS = "scope, writer, form_key, address, reason, reasons, words, data, kept_at"
REASONS = {"version": 1, "content": [["Files are not kept.", {}]]}


def test_a_sentence_of_an_earlier_release_becomes_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "splot.sqlite3"
    place = {"DATABASE_URL": f"sqlite:///{path}", "SPLOT_DATA": str(tmp_path)}
    manage("migrate", "core", "0003", "--verbosity", "0", **place)
    nothing = json.dumps({"version": 1, "content": []})
    with sqlite3.connect(path) as database:
        for key, sentence, reasons in (
            ("old", "Sesja się skończyła: 100%.", nothing),
            ("new", "", json.dumps(REASONS)),
        ):
            row = ("poznan", "user 1", key, "", sentence, reasons, nothing, "", "2026-11-30")
            database.execute(
                f"INSERT INTO core_unsavedentry ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)", row
            )
    manage("migrate", "core", "--verbosity", "0", **place)
    with sqlite3.connect(path) as database:
        rows = dict(database.execute("SELECT form_key, reasons FROM core_unsavedentry"))
    assert json.loads(rows["old"])["content"] == [["Sesja się skończyła: 100%.", {}]]
    assert json.loads(rows["new"]) == REASONS
