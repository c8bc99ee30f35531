"""Make the table of what can be found anew."""

from django.core.management.base import BaseCommand

from splot.search.actions import rebuild_search
from splot.search.models import SearchEntry


class Command(BaseCommand):
    help = "Makes all that can be found anew out of the rows."

    def handle(self, *args: object, **options: object) -> None:
        rebuild_search()
        self.stdout.write(f"{SearchEntry.objects.count()} entries can be found.")
