"""What a log may not hold: the secret part of an address that opens something to whoever has it."""

import logging
import re

# 43 characters as they are made; what was cut off in a mail is nobody's business either. A capital,
# a digit or an underscore, so that long words in addresses stay readable.
TOKEN = re.compile(r"(?<![A-Za-z0-9_-])(?=[a-z-]*[A-Z0-9_])[A-Za-z0-9_-]{32,}(?![A-Za-z0-9_-])")
HIDDEN = "[secret]"


def hide_tokens(text: str) -> str:
    return TOKEN.sub(HIDDEN, text)


def has_token(text: str) -> bool:
    return TOKEN.search(text) is not None


class HideTokens(logging.Filter):
    """Takes out of a record, its traceback too, whatever looks like a token of ours."""

    _plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hide_tokens(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._plain.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hide_tokens(record.exc_text)
        if record.stack_info:
            record.stack_info = hide_tokens(record.stack_info)
        return True
