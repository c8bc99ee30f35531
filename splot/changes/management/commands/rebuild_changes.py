"""Make the table of what changed anew."""

from django.core.management.base import BaseCommand

from splot.changes.entries import feed_table
from splot.changes.models import FeedEntry


class Command(BaseCommand):
    help = "Makes the list of what changed anew out of the rows."

    def handle(self, *args: object, **options: object) -> None:
        feed_table.rebuild()
        self.stdout.write(f"{FeedEntry.objects.count()} changes are listed.")
