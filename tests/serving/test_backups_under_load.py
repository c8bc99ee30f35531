"""A seeded small run of benchmarks/backups.py, on SQLite and where there is one on PostgreSQL."""

from pathlib import Path

import pytest

from benchmarks.backups import check_rows, run_rounds

pytestmark = pytest.mark.slow


def test_backups_hold_what_was_acknowledged_postgres_too(tmp_path: Path) -> None:
    lines = list(run_rounds(tmp_path, rounds=2, writers=2))
    assert all(line["meanwhile"] > 0 for line in lines)  # there was something to lose
    assert list(run_rounds(tmp_path, rounds=2, writers=2)) == []  # they are done


def test_control_a_lost_and_a_torn_write_are_noticed() -> None:
    whole = {(0, 0), (0, 1), (1, 0)}
    check_rows(whole, whole, 3)
    with pytest.raises(AssertionError, match="lost"):
        check_rows(whole, whole - {(0, 1)}, 2)
    with pytest.raises(AssertionError, match="before it"):
        check_rows(whole, {*whole, (1, 2)}, 4)
    with pytest.raises(AssertionError, match="trail"):
        check_rows(whole, whole, 2)
