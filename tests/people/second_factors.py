"""What a phone does for its owner: codes by RFC 6238."""

import hmac
from base64 import b32decode
from time import time


def code_of(secret: str, shift: int = 0) -> str:
    """The code that an app with this secret shows now, or so many half minutes later."""
    key = b32decode(secret.replace(" ", ""))
    counter = int(time()) // 30 + shift
    digest = hmac.digest(key, counter.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
