"""Setting documents in type: data and a Typst template become a tagged PDF, and no text ever becomes markup."""

from .blocks import blocks
from .keep_together import bind
from .plain import name_of, plain, printable, short_code
from .press import NotTypeset, typeset

__all__ = ["NotTypeset", "bind", "blocks", "name_of", "plain", "printable", "short_code", "typeset"]
