"""Adds rows through an action until it is killed: python -m benchmarks.write_rows WRITER LOG

Notes each row in the log once the action has returned, that is, acknowledged it. A second run goes
on after the last row that the database holds.
"""

import os
import sys
from pathlib import Path

import django
from django.db import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main(writer: int, log: Path) -> None:
    django.setup()
    from splot.core.languages import Text
    from splot.implementation.actions.plans import add_group
    from splot.people.queries import all_tenants

    municipality = all_tenants().get()
    names = (str(group.name) for group in municipality.sensitive_groups.all())
    number = sum(name.startswith(f"load-{writer}-") for name in names)
    with log.open("a") as file:
        while True:
            name = f"load-{writer}-{number}"
            try:
                add_group(by=None, municipality=municipality, name=Text.of("pl", {"pl": name}))
            except OperationalError:  # the others were quicker for too long: a visitor gets a 503
                continue
            print(name, file=file, flush=True)
            number += 1


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
