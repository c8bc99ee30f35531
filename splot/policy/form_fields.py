"""Fields of the room's forms that nobody writes in, and of the forms of translations that its pages
have.
"""

from splot.translations.form_fields import technical_fields as fields_of_translations


def technical_fields() -> tuple[str, ...]:
    return ("since", *fields_of_translations())
