from babel.messages.mofile import write_mo
from django.core.management.base import BaseCommand

from splot.core.gettext_catalogues import (
    TRANSLATED_LANGUAGES,
    catalogue_faults,
    catalogue_path,
    extract_messages,
    read_catalogue,
    write_catalogue,
)


class Command(BaseCommand):
    help = (
        "Collects the interface's messages into the catalogues, compiles them, and says what "
        "is not translated."
    )

    def handle(self, *args: object, **options: object) -> None:
        for language in TRANSLATED_LANGUAGES:
            catalog = read_catalogue(language)
            made = catalog.creation_date
            catalog.update(extract_messages(), no_fuzzy_matching=True)
            catalog.creation_date = made  # else every run would change the file
            catalog.obsolete.clear()
            write_catalogue(language, catalog)
            with catalogue_path(language).with_suffix(".mo").open("wb") as file:
                write_mo(file, catalog)
            self.stdout.write(
                f"{language}: {len(catalog)} messages, {len(catalogue_faults(language))} to mend"
            )
