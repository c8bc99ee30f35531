"""`splot read-table` says what an import would do, and writes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from splot.cli import main
from splot.core.models import AuditEntry, Revision
from splot.implementation.models import Task
from splot.policy.models import Policy
from splot.table_import.models import TableImport
from tests import factories

pytestmark = pytest.mark.django_db
CSV = """Lp.;Zadanie;Realizator;Termin;Koszt UE 2023;Uwagi
1;Kurs;Wydział Oświaty;III kw. 2023;1 234,50 zł;dla dorosłych
2;Targi;Wydział Oświaty;31.02.2023;100;
Razem;;;;1 334,50;
"""


def read(path: Path, *options: str) -> list[str]:
    return ["read-table", str(path), "--municipality", "poznan", "--term", "2023-2024", *options]


def test_what_an_import_would_do_is_printed_and_nothing_is_written(
    policy: Policy, tmp_path: Path, capsys: Any
) -> None:
    factories.organisation(policy.municipality)
    path = tmp_path / "plan.csv"
    path.write_text(CSV, "utf-8")
    before = (AuditEntry.objects.count(), list(Revision.objects.values_list("number")))
    assert main(read(path, "--json")) == 0
    described = json.loads(capsys.readouterr().out)
    assert (described["file"], described["refused"]) == ("plan.csv", None)
    (table,) = described["tables"]
    assert [column["meaning"] for column in table["columns"]] == [
        "order", "title", "lead", "when", "planned", None,
    ]  # fmt: skip
    course, fair, total = table["rows"]
    assert course == {
        "row": 2,
        "sheet": None,
        "state": "new",
        "ticked": True,
        "title": "Kurs",
        "code": None,
        "area": None,
        "lead": "Wydział Oświaty",
        "partners": [],
        "joint_leads": [],
        "starts": "2023-07-01",
        "due": "2023-09-30",
        "timing": "dates",
        "windows": [["2023-07-01", "2023-09-30"]],
        "money": [
            {
                "year": 2023,
                "source": "eu",
                "figure": "planned",
                "amount": "1234.50",
                "currency": "PLN",
            }
        ],
        "doubts": [],
        "kept_words": {"Uwagi": "dla dorosłych"},
    }
    assert (fair["state"], fair["ticked"], fair["due"]) == ("doubtful", False, None)
    assert fair["doubts"]
    assert (total["state"], total["ticked"]) == ("sum", False)
    assert not Task.objects.exists() and not TableImport.objects.exists()
    after = (AuditEntry.objects.count(), list(Revision.objects.values_list("number")))
    assert after == before


def test_a_plan_may_be_longer_than_the_term(policy: Policy, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Zadanie;Termin\nKurs;do 30.06.2029\n", "utf-8")
    for options, state in (((), "doubtful"), (("--from", "2023", "--to", "2030"), "new")):
        assert main(read(path, "--json", *options)) == 0
        (row,) = json.loads(capsys.readouterr().out)["tables"][0]["rows"]
        assert (row["state"], row["due"]) == (state, "2029-06-30")


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    policy: Policy, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert main(read(path, "--json")) == 0
    described = json.loads(capsys.readouterr().out)
    assert "PDF" in described["refused"] and described["tables"] == []
    assert main(read(path)) == 1
    assert "PDF" in capsys.readouterr().err


def test_a_person_reads_the_rows_at_a_terminal(policy: Policy, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(CSV, "utf-8")
    assert main(read(path)) == 0
    shown = capsys.readouterr().out
    assert "[x]    2 new       Kurs" in shown and "[ ]    3 doubtful  Targi" in shown


def test_an_unknown_term_is_refused(policy: Policy, tmp_path: Path, capsys: Any) -> None:
    arguments = ["read-table", "x.csv", "--municipality", "poznan", "--term", "1999"]
    assert main(arguments) == 1
    assert "no policy for 1999" in capsys.readouterr().err
