"""A mail server on this machine that does what a test needs: takes mail, refuses it, or hangs
up.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message
from email.policy import default

from django.test import override_settings

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class MailServer:
    """Speaks enough SMTP for one mail at a time on each connection. `taken` are the mails that it
    took.

    `manner`: "takes", "refuses" (the recipient), "hangs up" (after it has the whole mail, without a
    word), "waits" (for ever, when it has the whole mail).
    """

    def __init__(self, manner: str = "takes", pause: float = 0) -> None:
        self.manner, self.pause = manner, pause
        self.taken: list[Message] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """From now on nobody answers here."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, __ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 here\r\n")
            for line in lines:
                word = line[:4].upper().strip()
                if word == b"RCPT" and self.manner == "refuses":
                    connection.sendall(b"450 not now\r\n")
                elif word == b"DATA":
                    connection.sendall(b"354 go on\r\n")
                    if not self._take(lines):
                        return
                    connection.sendall(b"250 taken\r\n")
                elif word == b"QUIT":
                    connection.sendall(b"221 bye\r\n")
                    return
                else:
                    connection.sendall(b"250 fine\r\n")

    def _take(self, lines: Iterator[bytes]) -> bool:
        content = []
        for line in lines:
            if line == b".\r\n":
                break
            content.append(line)
        time.sleep(self.pause)
        self.taken.append(message_from_bytes(b"".join(content), policy=default))
        if self.manner == "waits":
            time.sleep(60)
        return self.manner != "hangs up"


@contextmanager
def mail_server(manner: str = "takes", pause: float = 0) -> Iterator[MailServer]:
    server = MailServer(manner, pause)
    try:
        with override_settings(
            EMAIL_BACKEND=SMTP,
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.port,
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
        ):
            yield server
    finally:
        with suppress(OSError):  # closed by the test
            server.close()
