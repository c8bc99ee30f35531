"""`splot serve` and `splot demo`."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn

from django.core.management import call_command

from .refusals import CommandRefused, Commands


def add_commands(commands: Commands) -> None:
    """Declare `serve` and `demo`."""
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


def _serve_site(arguments: argparse.Namespace) -> NoReturn:
    from django.conf import settings
    from django.core.checks import run_checks

    from splot.core.checks import CATALOGUES
    from splot.serving.backups.restore import UNFINISHED
    from splot.serving.database_lock import DatabaseLock
    from splot.serving.run import become_supervisor
    from splot.serving.supervisor import lock_installation, wait_for_free_port

    for found in run_checks(tags=[CATALOGUES]):
        if found.is_serious():
            raise CommandRefused(found.msg)
        print(f"splot: {found.msg}", file=sys.stderr)
    if not wait_for_free_port(arguments.host, arguments.port):
        raise CommandRefused(f"port {arguments.port} is taken; choose another with --port or PORT")
    lock = lock_installation(settings.DATA_DIR)
    if lock is None:
        raise CommandRefused(f"another splot serve runs with the data in {settings.DATA_DIR}")
    database_lock = DatabaseLock()
    if not database_lock.hold_at_start():
        raise CommandRefused("another machine runs splot serve with this database")
    if (settings.DATA_DIR / UNFINISHED).exists():
        raise CommandRefused("a restore was not finished; run splot restore once more")
    # links in mail and on pages lead to where it listens, unless the operator says otherwise
    os.environ.setdefault("SPLOT_URL", f"http://127.0.0.1:{arguments.port}")
    with lock:
        if arguments.demo:
            _load_demonstration(arguments)
        else:
            call_command("migrate", verbosity=0)
        fill_outdated_tables()
        become_supervisor(arguments.host, arguments.port, lock.fileno())


def fill_outdated_tables() -> None:
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
