"""The operator's commands: they do what they say, and refuse with a sentence."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from splot.cli import main
from splot.core.models import AuditEntry
from splot.people.models import Municipality, User
from splot.policy.models import Policy
from tests import factories


def test_read_prints_the_tree_of_the_seed(seed: Path, capsys) -> None:
    assert main(["read", str(seed), "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert {"title", "nodes", "cleaned", "problems"} <= set(tree)
    assert [node["kind"] for node in tree["nodes"]] == ["paragraph"] * 9
    fourth = tree["nodes"][3]
    assert fourth["eId"] == "para_4"
    assert [len(group["children"]) for group in fourth["children"]] == [6, 5, 6, 5, 5, 4]
    assert fourth["children"][0]["children"][1]["eId"] == "para_4__subpara_1__point_2"
    assert [len(node["children"]) for node in tree["nodes"]] == [4, 0, 6, 6, 3, 0, 4, 0, 0]
    assert len(tree["nodes"][6]["children"][1]["children"]) == 3
    assert any("bookmark" in entry["text"] for entry in tree["cleaned"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "no-such-file.txt"], "No such file"),
        (["report", "--municipality", "poznan", "--year", "2023", "-o", "x.txt"], ".pdf or .html"),
        (
            ["report", "--municipality", "poznan", "--year", "1999", "-o", "x.pdf"],
            "no policy for 1999",
        ),
        (["report", "--municipality", "nowhere", "--year", "2023", "-o", "x.pdf"], "known: poznan"),
        (["import-policy", "x.txt", "--municipality", "poznan", "--term", "soon"], "2023-2024"),
        (["import-policy", "x.txt", "--term", "2023-2024"], "--dry-run"),
        (["import-policy", "no-such-file.txt", "--dry-run", "--json"], "No such file"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_done_is_refused_with_a_sentence(
    town: Municipality, capsys, arguments, said
) -> None:
    assert main(arguments) == 1
    assert said in capsys.readouterr().err


@pytest.mark.django_db
def test_an_empty_file_is_refused(tmp_path: Path, capsys) -> None:
    (tmp_path / "act.txt").write_bytes(b"")
    assert main(["read", str(tmp_path / "act.txt")]) == 1
    assert "act.txt" in capsys.readouterr().err


@pytest.mark.django_db
def test_import_makes_a_draft_that_nobody_sees(town: Municipality, tmp_path: Path, capsys) -> None:
    (tmp_path / "act.txt").write_text(factories.ACT, "utf-8")
    arguments = [
        "import-policy",
        str(tmp_path / "act.txt"),
        "--municipality",
        "poznan",
        "--term",
        "2023-2024",
    ]
    assert main(arguments) == 0
    assert "2 areas, 4 activities" in capsys.readouterr().out
    policy = Policy.objects.get()
    assert policy.status == "draft"
    version = policy.versions.get()
    assert (version.number, version.body) == ("I/1/2023", "Rada Miasta")
    assert version.adopted_on == date(2023, 2, 7)
    assert main(arguments) == 1  # the term is taken
    assert Policy.objects.count() == 1


def test_a_dry_run_prints_the_proposal_and_touches_no_database(tmp_path: Path, capsys) -> None:
    (tmp_path / "act.txt").write_text(factories.ACT, "utf-8")
    assert main(["import-policy", str(tmp_path / "act.txt"), "--dry-run", "--json"]) == 0
    proposal = json.loads(capsys.readouterr().out)
    areas = proposal.pop("areas")
    assert proposal == {
        "file": "act.txt",
        "refused": None,
        "problems": [],
        "title": "Polityki integracji na lata 2023-2024",
        "number": "I/1/2023",
        "body": "Rada Miasta",
        "date": "2023-02-07",
        "institutions": ["wydziały urzędu", "jednostki miejskie"],
        "partners": ["Miasto realizuje politykę we współpracy z organizacjami pozarządowymi"],
        "duties": [
            "ustala harmonogram",
            "ocenia postępy raz w roku",
            "Prezydent składa Radzie Miasta coroczne sprawozdanie z monitoringu",
        ],
    }
    assert areas[1]["activities"] == [
        {"number": "§ 3 ust. 2 pkt 1", "text": "poradnictwa dla pracowników"},
        {"number": "§ 3 ust. 2 pkt 2", "text": "informacji dla pracodawców"},
    ]
    assert (areas[1]["aims"], areas[1]["audience"], areas[1]["leader"]) == (
        ["Godna praca i uczciwe warunki dla pracowników"],
        "",
        "",
    )
    assert main(["import-policy", str(tmp_path / "act.txt"), "--dry-run"]) == 0
    assert "§ 3 ust. 2 pkt 1  poradnictwa dla pracowników" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_refused_in_the_proposal(tmp_path: Path, capsys) -> None:
    (tmp_path / "act.docx").write_bytes(b"PK no archive")
    assert main(["import-policy", str(tmp_path / "act.docx"), "--dry-run", "--json"]) == 1
    printed = capsys.readouterr()
    proposal = json.loads(printed.out)
    assert "act.docx" in proposal["refused"] and proposal["refused"] in printed.err
    assert (proposal["file"], proposal["areas"], proposal["title"]) == ("act.docx", [], "")


@pytest.mark.django_db
def test_report_writes_a_pdf_and_a_page(policy: Policy, tmp_path: Path) -> None:
    factories.update(factories.task(policy), "done")
    for name, start in (("report.pdf", b"%PDF-"), ("report.html", b"<!doctype html>")):
        arguments = ["--municipality", "poznan", "--year", "2023", "-o", str(tmp_path / name)]
        assert main(["report", *arguments]) == 0
        assert (tmp_path / name).read_bytes().lower().startswith(start.lower())


@pytest.mark.django_db
def test_an_operator_opens_a_town_and_gives_its_coordinator_an_account(capsys) -> None:
    town = ["open-municipality", "rzeczna", "--name", "Rzeczna", "--teryt", "9999011"]
    person = [
        "add-person",
        "jst@rzeczna.example",
        "--name",
        "Koordynator",
        "--municipality",
        "rzeczna",
    ]
    assert main(town) == 0
    for command in (person, ["new-password", "JST@rzeczna.example"]):
        capsys.readouterr()
        assert main(command) == 0
        password = capsys.readouterr().out.split()[-1]
        user = authenticate(username="jst@rzeczna.example", password=password)
        assert user.memberships.get().role == "coordinator"
    assert AuditEntry.objects.filter(verb="password.changed", label="Koordynator").exists()
    for again in (
        town,
        person,
        [*person, "--role", "king"],
        ["new-password", "nobody@rzeczna.example"],
    ):
        assert main(again) == 1
        assert capsys.readouterr().err.startswith("splot: ")
    assert User.objects.count() == 1


def test_help_explains_itself(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    words = capsys.readouterr().out
    assert all(command in words for command in ("serve", "demo", "read", "import-policy", "report"))
