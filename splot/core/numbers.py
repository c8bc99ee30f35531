"""Figures as people give them: "over 7,500" is not 7,500, and unknown is not zero."""

from decimal import Decimal

from babel.numbers import format_decimal
from django.db import models
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _


class Qualifier(models.TextChoices):
    EXACT = "exact", gettext_lazy("exactly")
    ABOUT = "about", gettext_lazy("about")
    OVER = "over", gettext_lazy("over")
    UP_TO = "up_to", pgettext_lazy("quantity", "up to")


def format_number(value: Decimal | int | None) -> str:
    """A number in the reader's language, "" for none."""
    return "" if value is None else format_decimal(value, locale=get_language())


def format_amount(value: Decimal | int | None) -> str:
    """A sum of money without its currency: "12,000", "12,000.50", "" for none."""
    if value is None:
        return ""
    pattern = "#,##0" if value == int(value) else "#,##0.00"
    return format_decimal(value, format=pattern, locale=get_language())


def format_qualified(value: Decimal | int | None, qualifier: str = Qualifier.EXACT) -> str:
    """A figure with its qualifier in words: "over 7,500", "about 40", "12"."""
    if value is None:
        return ""
    forms = {
        Qualifier.EXACT: "%(number)s",
        Qualifier.ABOUT: _("about %(number)s"),
        Qualifier.OVER: _("over %(number)s"),
        Qualifier.UP_TO: _("up to %(number)s"),
    }
    return forms[Qualifier(qualifier)] % {"number": format_number(value)}
