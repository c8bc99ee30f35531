"""What a password must not be, in words that tell what to do instead."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import User

FEWEST_CHARACTERS = 5  # different ones
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


class VariedPasswordValidator:
    """Refuses passwords of few different characters, and those that run along the alphabet, the
    digits or the keyboard.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        letters = password.lower()
        if len(set(letters)) < FEWEST_CHARACTERS:
            raise ValidationError(_("Use more different characters: these repeat too often."))
        in_rows = sum(_is_run(letters[at : at + 2]) for at in range(len(letters) - 1))
        if in_rows * 3 > len(letters) * 2:
            raise ValidationError(
                _("This runs along the alphabet or the keyboard. Take a few words that do not.")
            )

    def get_help_text(self) -> str:
        return _("A few words that do not belong together are easy to keep in mind.")


def _is_run(pair: str) -> bool:
    return any(pair in row or pair in row[::-1] for row in ROWS)
