"""`splot report`."""

from __future__ import annotations

import argparse
from pathlib import Path

from .refusals import CommandRefused, Commands, municipality_by_slug, parse_year


def add_commands(commands: Commands) -> None:
    """Declare `report`."""
    report = commands.add_parser("report", help="write an annual report to a file")
    report.add_argument("--municipality", required=True, metavar="SLUG")
    report.add_argument("--year", required=True)
    report.add_argument("--language", default="pl", choices=["pl", "en", "uk"])
    report.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf|.html")
    report.set_defaults(run=_write_report)


def _write_report(arguments: argparse.Namespace) -> None:
    from splot.monitoring.files import write_annual_report

    municipality = municipality_by_slug(arguments.municipality)
    form = arguments.output.suffix.lstrip(".")
    if form not in ("pdf", "html"):
        raise CommandRefused("the file's name ends in .pdf or .html")
    year = parse_year(arguments.year)
    content = write_annual_report(municipality, year, form, arguments.language)
    if content is None:
        raise CommandRefused(f"{municipality.name_text} has no policy for {year}")
    try:
        arguments.output.write_bytes(content)
    except OSError as error:
        raise CommandRefused(f"{arguments.output}: {error.strerror}") from error
    print(f"Wrote {arguments.output}.")
