"""The operator's commands, each a thin wrapper on an action or a reader. `splot --help` explains
itself.
"""

import argparse
import os
import sys

import django
from django.utils import translation

from . import accounts, backups, check, imports, reports, serving
from .refusals import CommandRefused


def main(argv: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 well, 1 refused with a message on standard
    error.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    arguments = build_parser().parse_args(argv)
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


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands, each with the function that runs it."""
    parser = argparse.ArgumentParser(
        prog="splot",
        description="A municipality's migrant-integration policy through its whole life.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in (serving, check, backups, accounts, imports, reports):
        module.add_commands(commands)
    return parser
