"""`splot check`: what of the installation does not work, and what to do about it."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from enum import StrEnum
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from .refusals import Commands


class Level(StrEnum):
    """How bad it is, as it stands before each line."""

    OK = "ok"
    ADVICE = "advice"
    FAULT = "FAULT"


class Line(NamedTuple):
    """A thing that was looked at, and what was found."""

    level: Level
    name: str
    words: str


def add_commands(commands: Commands) -> None:
    """Declare `check`."""
    check = commands.add_parser("check", help="say what is wrong here and what to do")
    check.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    has_fault = False
    for line in [*_examine(), *_check_data(), *_check_settings()]:
        print(f"{line.level:7} {line.name}: {line.words}")
        has_fault |= line.level is Level.FAULT
    return 1 if has_fault else 0


def _examine() -> Iterator[Line]:
    """The states of a running installation; of one that stands still only what can be said."""
    from django.conf import settings

    from splot.core.condition import examine_installation
    from splot.core.locks import is_locked
    from splot.serving.supervisor import LOCK_NAME

    is_running = is_locked(settings.DATA_DIR / LOCK_NAME)
    for finding in examine_installation():
        if finding.part == "worker" and not is_running:
            yield Line(Level.ADVICE, "Splot", "It does not run. Start it with “splot serve”.")
        elif finding.is_fault:
            yield Line(Level.FAULT, finding.name, finding.explanation)
        else:
            level = Level.ADVICE if finding.state == "off" else Level.OK
            yield Line(level, finding.name, finding.explanation)


def _check_data() -> Iterator[Line]:
    from django.conf import settings
    from django.core.checks import run_checks

    from splot.core.checks import CATALOGUES
    from splot.serving.backups.restore import UNFINISHED

    if (settings.DATA_DIR / UNFINISHED).exists():
        yield Line(Level.FAULT, "Restore", "It was not finished. Run “splot restore FILE” again.")
    if missing := _missing_migrations():
        words = f"{missing} changes are to come. Back up, then start “splot serve”."
        yield Line(Level.FAULT, "Database", words)
    if settings.DATA_DIR.stat().st_mode & 0o077:
        words = f"Others on this machine can look into it: chmod 700 {settings.DATA_DIR}"
        yield Line(Level.ADVICE, "SPLOT_DATA", words)
    key = settings.DATA_DIR / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        words = f"Others on this machine can read it: chmod 600 {key}"
        yield Line(Level.FAULT, "Secret key", words)
    for found in run_checks(tags=[CATALOGUES]):
        level = Level.FAULT if found.is_serious() else Level.ADVICE
        yield Line(level, "Languages", found.msg)


def _missing_migrations() -> int:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:  # told already
        return 0
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _check_settings() -> Iterator[Line]:
    from django.conf import settings
    from django.db import connection

    from splot.serving.backups.age import check_public_key
    from splot.serving.backups.refusals import BackupRefused

    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme == "http" and not _is_this_machine(str(address.hostname)):
        words = (
            "Passwords go over the network in the open. Put a proxy with a certificate in front, "
            "and set SPLOT_URL to its https address."
        )
        yield Line(Level.FAULT, "SPLOT_URL", words)
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        words = "No letters go out. Name a mail server in SPLOT_SMTP_URL."
        yield Line(Level.ADVICE, "Mail", words)
    if settings.DEBUG:
        words = "It shows the source to every visitor whose page breaks. Take it away."
        yield Line(Level.FAULT, "SPLOT_DEBUG", words)
    if settings.BACKUP_KEY:
        try:
            check_public_key(settings.BACKUP_KEY)
        except BackupRefused as error:
            yield Line(Level.FAULT, "SPLOT_BACKUP_KEY", f"No backup is made: {error}.")
    if connection.vendor == "postgresql":
        for program in ("pg_dump", "psql"):
            if shutil.which(program) is None:
                words = f"{program} is missing. Install the package postgresql-client."
                yield Line(Level.FAULT, "Backups", words)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
