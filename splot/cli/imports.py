"""Files of others: `splot read`, `import-policy`, `read-table`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import translation

from .refusals import CommandRefused, Commands, municipality_by_slug, parse_year

if TYPE_CHECKING:
    from splot.documents.tree import Document


def add_commands(commands: Commands) -> None:
    """Declare `read`, `import-policy` and `read-table`."""
    read = commands.add_parser("read", help="read an act and show what is in it")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true", help="the whole tree as JSON")
    read.set_defaults(run=_print_document)

    imports = commands.add_parser(
        "import-policy", help="make a draft policy of an act, as Splot proposes it"
    )
    imports.add_argument("file", type=Path)
    imports.add_argument("--municipality", metavar="SLUG")
    imports.add_argument("--term", help="for example 2023-2024")
    imports.add_argument(
        "--dry-run", action="store_true", help="show what would be made, and write nothing"
    )
    imports.add_argument("--json", action="store_true", help="with --dry-run: as JSON")
    imports.set_defaults(run=_import_policy)

    table = commands.add_parser(
        "read-table", help="show what importing a spreadsheet into the table would do"
    )
    table.add_argument("file", type=Path)
    table.add_argument("--municipality", required=True, metavar="SLUG")
    table.add_argument("--term", required=True, help="for example 2023-2024")
    table.add_argument("--from", dest="starts", metavar="YEAR", help="first of the table")
    table.add_argument("--to", dest="ends", metavar="YEAR", help="last of the table")
    table.add_argument("--json", action="store_true", help="everything as JSON")
    table.set_defaults(run=_describe_import)


def _print_document(arguments: argparse.Namespace) -> None:
    from splot.documents.tree import citation_of

    document = _read_document(arguments.file)
    if arguments.json:
        print(json.dumps(document.to_json(), ensure_ascii=False, indent=2))
        return
    print(document.title)
    for node, ancestors in document.walk():
        words = " ".join(f"{node.heading} {node.text}".split())
        print(f"{'  ' * len(ancestors)}{citation_of([*ancestors, node])}  {words[:90]}")
    for problem in document.problems:
        print(f"! {problem.place}: {problem.message}")


def _read_document(path: Path) -> Document:
    from splot.documents.readers import UnreadableDocument, read_document

    try:
        return read_document(path.read_bytes(), path.name)
    except OSError as error:
        raise CommandRefused(f"{path}: {error.strerror}") from error
    except UnreadableDocument as error:
        raise CommandRefused(f"{path}: {error}") from error


def _import_policy(arguments: argparse.Namespace) -> None:
    if arguments.dry_run:
        _print_proposal(arguments.file, arguments.json)
    elif arguments.municipality and arguments.term:
        _make_policy(arguments)
    else:
        raise CommandRefused("--municipality and --term are needed, or --dry-run")


def _print_proposal(path: Path, as_json: bool) -> None:
    from splot.documents.readers import UnreadableDocument, read_document
    from splot.policy.act_mapping import suggest_mapping
    from splot.policy.act_mapping.proposal import (
        describe_proposal,
        describe_refusal,
        format_proposal,
    )

    try:
        document = read_document(path.read_bytes(), path.name)
    except OSError as error:
        raise CommandRefused(f"{path}: {error.strerror}") from error
    except UnreadableDocument as error:
        if as_json:
            print(json.dumps(describe_refusal(path.name, str(error)), ensure_ascii=False, indent=2))
        raise CommandRefused(f"{path}: {error}") from error
    proposal = describe_proposal(path.name, document, suggest_mapping(document))
    if as_json:
        print(json.dumps(proposal, ensure_ascii=False, indent=2))
    else:
        print(format_proposal(proposal))


def _make_policy(arguments: argparse.Namespace) -> None:
    from splot.core.languages import guess_language
    from splot.policy.act_mapping import body_name
    from splot.policy.act_mapping.proposal import adoption_day, printed_number, suggested_title
    from splot.policy.actions.act_imports import (
        apply_act_import,
        start_act_import,
    )
    from splot.policy.models import Policy
    from splot.policy.writing.act_rows import ActImportRefused

    term = _parse_term(arguments.term)
    municipality, document = (
        municipality_by_slug(arguments.municipality),
        _read_document(arguments.file),
    )
    act_import = start_act_import(
        by=None,
        municipality=municipality,
        document=document,
        file_name=arguments.file.name,
        language=guess_language(" ".join(document.words()[:2000])),
    )
    try:
        policy = apply_act_import(
            by=None,
            act_import=act_import,
            term=term,
            title=suggested_title(document)[:400],
            status=Policy.Status.DRAFT,
            number=printed_number(document),
            body=body_name(document.act.body),
            adopted_on=adoption_day(document),
        )
    except ActImportRefused as error:
        raise CommandRefused(str(error)) from error
    print(
        f"Made a draft policy: {policy.areas.count()} areas, {policy.activities.count()} "
        "activities."
    )
    for problem in document.problems:
        print(f"! {problem.place}: {problem.message}")


def _parse_term(written: str) -> tuple[int, int]:
    """The first and the last year of a term, within the bounds that the forms have."""
    from splot.policy.forms import term_message

    starts, dash, ends = written.partition("-")
    if not starts.isdigit() or (dash and not ends.isdigit()):
        raise CommandRefused(f"a term is written as 2023-2024, not {written!r}")
    years = parse_year(starts), parse_year(ends or starts)
    if message := term_message(*years):
        raise CommandRefused(f"{written}: {message}")
    return years


def _describe_import(arguments: argparse.Namespace) -> None:
    from django.http import Http404

    from splot.policy.queries import policy_of
    from splot.table_import.dry_run import describe_import, description_lines, table_for

    municipality = municipality_by_slug(arguments.municipality)
    try:
        policy = policy_of(municipality, arguments.term)
        data = arguments.file.read_bytes()
    except Http404 as error:
        where = f"{municipality.name_text} has no policy for {arguments.term}"
        raise CommandRefused(where) from error
    except OSError as error:
        raise CommandRefused(f"{arguments.file}: {error.strerror}") from error
    starts, ends = arguments.starts, arguments.ends
    plan = table_for(policy, starts and parse_year(starts), ends and parse_year(ends))
    with translation.override(policy.language):
        described = describe_import(data, arguments.file.name, plan)
    if arguments.json:
        print(json.dumps(described, ensure_ascii=False, indent=2))
    elif described["refused"]:
        raise CommandRefused(described["refused"])
    else:
        print("\n".join(description_lines(described)))
