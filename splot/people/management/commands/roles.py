"""Write the table of permissions into the documentation, as the code has it."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from splot.people.permissions import permissions_table

PAGE = Path(settings.BASE_DIR) / "docs/reference/roles.md"
TABLE = re.compile(r"^\| may \|.*\n(?:\|.*\n)*", re.M)


def with_current_table(text: str) -> str:
    """The page's text with the table as the code has it."""
    with translation.override("en"):
        table = permissions_table()
    return TABLE.sub(lambda __: table, text, count=1)


class Command(BaseCommand):
    help = "Writes the table of roles in docs/reference/roles.md anew from the code."

    def handle(self, *args: object, **options: object) -> None:
        text = PAGE.read_text("utf-8")
        PAGE.write_text(with_current_table(text), "utf-8")
        self.stdout.write(f"{PAGE} says what the code does.")
