"""The operator's commands, each a thin wrapper on an action or a reader. `splot --help` explains
itself.
"""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command
from django.utils import translation

if TYPE_CHECKING:
    from splot.documents.tree import Document
    from splot.people.models import Municipality


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 well, 1 refused with a message on standard
    error.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    arguments = _build_parser().parse_args(argv)
    django.setup()
    translation.activate("en")
    try:
        return arguments.run(arguments) or 0
    except BrokenPipeError:  # the reader has seen enough: splot read … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CommandRefused as error:
        print(f"splot: {error}", file=sys.stderr)
        return 1


class CommandRefused(Exception):
    """What the operator asked for cannot be done; the message says why."""


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="splot",
        description="A municipality's migrant-integration policy through its whole life.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve_until_stopped = commands.add_parser("serve", help="web and background worker together")
    serve_until_stopped.add_argument("--host", default="127.0.0.1")
    serve_until_stopped.add_argument("--port", type=int, default=int(os.environ.get("PORT", 8000)))
    serve_until_stopped.add_argument(
        "--demo",
        action="store_true",
        help="fill an empty installation with the demonstration first",
    )
    serve_until_stopped.set_defaults(run=_serve_site)

    demo = commands.add_parser("demo", help="fill an empty installation with the demonstration")
    demo.set_defaults(run=_load_demonstration)

    opening = commands.add_parser(
        "open-municipality", help="open a municipality in this installation"
    )
    opening.add_argument(
        "slug", help="its part of every address, for ever: small letters, digits, hyphens"
    )
    opening.add_argument("--name", required=True)
    opening.add_argument("--teryt", required=True, help="the seven digits of its TERYT code")
    opening.set_defaults(run=_open_municipality)

    person = commands.add_parser(
        "add-person", help="give a person an account and a role; prints a password once"
    )
    person.add_argument("email")
    person.add_argument(
        "--name", required=True, help="as it stands beside what the person publishes"
    )
    person.add_argument("--municipality", required=True, metavar="SLUG")
    person.add_argument("--role", default="coordinator")
    person.set_defaults(run=_add_person)

    password = commands.add_parser(
        "new-password", help="give an account a new password; prints it once"
    )
    password.add_argument("email")
    password.set_defaults(run=_set_new_password)

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
    table.add_argument("--from", dest="starts", type=int, metavar="YEAR", help="first of the table")
    table.add_argument("--to", dest="ends", type=int, metavar="YEAR", help="last of the table")
    table.add_argument("--json", action="store_true", help="everything as JSON")
    table.set_defaults(run=_describe_import)

    report = commands.add_parser("report", help="write an annual report to a file")
    report.add_argument("--municipality", required=True, metavar="SLUG")
    report.add_argument("--year", required=True)
    report.add_argument("--language", default="pl", choices=["pl", "en", "uk"])
    report.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf|.html")
    report.set_defaults(run=_write_report)
    return parser


def _serve_site(arguments: argparse.Namespace) -> int:
    from django.core.checks import run_checks

    from splot.core.checks import CATALOGUES
    from splot.serving import is_port_taken, serve_until_stopped

    for found in run_checks(tags=[CATALOGUES]):
        if found.is_serious():
            raise CommandRefused(found.msg)
        print(f"splot: {found.msg}", file=sys.stderr)
    if is_port_taken(arguments.host, arguments.port):
        raise CommandRefused(f"port {arguments.port} is taken; choose another with --port or PORT")
    if arguments.demo:
        _load_demonstration(arguments)
    else:
        call_command("migrate", verbosity=0)
    _fill_outdated_tables()
    return serve_until_stopped(arguments.host, arguments.port)


def _fill_outdated_tables() -> None:
    """What can be found and what changed, where another version of Splot filled the tables."""
    from splot.changes.entries import feed_table
    from splot.search.actions import rebuild_search
    from splot.search.entries import search_table

    if search_table.is_outdated():
        rebuild_search()
    if feed_table.is_outdated():
        feed_table.rebuild()


def _load_demonstration(arguments: argparse.Namespace) -> None:
    from splot.demonstration import load_demonstration
    from splot.people.queries import all_tenants

    call_command("migrate", verbosity=0)
    if all_tenants().filter(is_demonstration=True).exists():
        print("The demonstration is there already; its data are kept.")
        return
    if all_tenants().exists():
        raise CommandRefused(
            "this installation holds real municipalities; the demonstration is for an empty one"
        )
    for municipality in load_demonstration():
        print(f"Made {municipality.name_text}.")


def _open_municipality(arguments: argparse.Namespace) -> None:
    from splot.core.languages import Text
    from splot.people.actions import open_municipality

    call_command("migrate", verbosity=0)
    name = Text.of("pl", {"pl": arguments.name})
    with _explain_validation_errors():
        open_municipality(by=None, name=name, slug=arguments.slug, teryt=arguments.teryt)
    print(
        f"Opened {arguments.name}. Next: splot add-person EMAIL --name NAME --municipality "
        f"{arguments.slug}"
    )


def _add_person(arguments: argparse.Namespace) -> None:
    from django.db import transaction

    from splot.people.actions import add_user, give_role
    from splot.people.models import Membership

    if arguments.role not in Membership.Role:
        raise CommandRefused(
            f"no role {arguments.role!r} (known: {', '.join(Membership.Role.values)})"
        )
    municipality, password = (
        _municipality_by_slug(arguments.municipality),
        secrets.token_urlsafe(12),
    )
    with _explain_validation_errors(), transaction.atomic():
        user = add_user(by=None, email=arguments.email, name=arguments.name, password=password)
        give_role(by=None, user=user, municipality=municipality, role=arguments.role)
    print(f"{arguments.email} can sign in. The password, shown this once: {password}")


def _set_new_password(arguments: argparse.Namespace) -> None:
    from splot.people.actions import change_password
    from splot.people.queries import user_by_email

    user, password = user_by_email(arguments.email), secrets.token_urlsafe(12)
    if user is None:
        raise CommandRefused(f"nobody has the address {arguments.email}")
    change_password(by=None, user=user, password=password)
    print(f"The new password of {user.email}, shown this once: {password}")


@contextmanager
def _explain_validation_errors() -> Iterator[None]:
    """What a row refuses, as a sentence for the operator."""
    from django.core.exceptions import ValidationError

    try:
        yield
    except ValidationError as error:
        raise CommandRefused(" ".join(error.messages)) from error


def _read_document(path: Path) -> "Document":
    from splot.documents.readers import UnreadableDocument, read_document

    try:
        return read_document(path.read_bytes(), path.name)
    except OSError as error:
        raise CommandRefused(f"{path}: {error.strerror}") from error
    except UnreadableDocument as error:
        raise CommandRefused(f"{path}: {error}") from error


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


def _municipality_by_slug(slug: str) -> "Municipality":
    from splot.people.queries import all_tenants

    found = all_tenants().filter(slug=slug).first()
    if found is None:
        known = ", ".join(all_tenants().values_list("slug", flat=True)) or "none yet"
        raise CommandRefused(f"no municipality {slug!r} (known: {known})")
    return found


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


def _import_policy(arguments: argparse.Namespace) -> None:
    if arguments.dry_run:
        _print_proposal(arguments.file, arguments.json)
    elif arguments.municipality and arguments.term:
        _make_policy(arguments)
    else:
        raise CommandRefused("--municipality and --term are needed, or --dry-run")


def _make_policy(arguments: argparse.Namespace) -> None:
    from splot.core.languages import guess_language
    from splot.policy.act_mapping import body_name
    from splot.policy.act_mapping.proposal import adoption_day, printed_number, suggested_title
    from splot.policy.actions.act_imports import (
        ActImportRefused,
        apply_act_import,
        start_act_import,
    )
    from splot.policy.models import Policy

    term = _parse_term(arguments.term)
    municipality, document = (
        _municipality_by_slug(arguments.municipality),
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
    years = _parse_year(starts), _parse_year(ends or starts)
    if message := term_message(*years):
        raise CommandRefused(f"{written}: {message}")
    return years


def _parse_year(written: str) -> int:
    from django.core.exceptions import ValidationError

    from splot.core.bounds import validate_year
    from splot.parsing.exact import parse_exact_year

    try:
        year = parse_exact_year(written)
        validate_year(year)
    except ValidationError as error:
        raise CommandRefused(f"{written}: {' '.join(error.messages)}") from error
    return year


def _describe_import(arguments: argparse.Namespace) -> None:
    from django.http import Http404

    from splot.policy.queries import policy_of
    from splot.table_import.dry_run import describe_import, description_lines, table_for

    municipality = _municipality_by_slug(arguments.municipality)
    try:
        policy = policy_of(municipality, arguments.term)
        data = arguments.file.read_bytes()
    except Http404 as error:
        where = f"{municipality.name_text} has no policy for {arguments.term}"
        raise CommandRefused(where) from error
    except OSError as error:
        raise CommandRefused(f"{arguments.file}: {error.strerror}") from error
    plan = table_for(policy, arguments.starts, arguments.ends)
    with translation.override(policy.language):
        described = describe_import(data, arguments.file.name, plan)
    if arguments.json:
        print(json.dumps(described, ensure_ascii=False, indent=2))
    elif described["refused"]:
        raise CommandRefused(described["refused"])
    else:
        print("\n".join(description_lines(described)))


def _write_report(arguments: argparse.Namespace) -> None:
    from splot.monitoring.files import write_annual_report

    municipality = _municipality_by_slug(arguments.municipality)
    form = arguments.output.suffix.lstrip(".")
    if form not in ("pdf", "html"):
        raise CommandRefused("the file's name ends in .pdf or .html")
    year = _parse_year(arguments.year)
    content = write_annual_report(municipality, year, form, arguments.language)
    if content is None:
        raise CommandRefused(f"{municipality.name_text} has no policy for {year}")
    try:
        arguments.output.write_bytes(content)
    except OSError as error:
        raise CommandRefused(f"{arguments.output}: {error.strerror}") from error
    print(f"Wrote {arguments.output}.")
