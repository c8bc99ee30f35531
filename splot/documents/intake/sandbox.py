"""Runs a reader in a process of its own: a hostile file costs seconds and megabytes, not the
server.
"""

import json
import resource
import subprocess
import sys
from importlib import import_module

from django.conf import settings
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _

from ..tree import Document
from .refusals import UnreadableDocument, display_name

SECONDS = 30
MAX_MEMORY = 1_500 * 1024 * 1024  # of address space
COMMAND = [sys.executable, "-m", __name__]  # starts the process; tests have one that is ready
EXIT_REFUSED = 3  # exit status for a document that the reader explained away


def read_document_sandboxed(data: bytes, name: str) -> Document:
    """As `read_document`, within SECONDS and MOST_MEMORY. Raises UnreadableDocument beyond them
    too.
    """
    advice = _("Save it anew as plain text or as a simple Word document and try again.")
    return Document.from_json(
        run_sandboxed("splot.documents.readers:read_document", data, name, advice)
    )


def run_sandboxed(reader: str, data: bytes, name: str, advice: str) -> dict:
    """What a reader ("module:function", of bytes and a name) makes of these bytes in its own
    process, `to_json`.

    `advice` ends the message when the process takes too much. Raises UnreadableDocument.
    """
    language = get_language() or settings.LANGUAGE_CODE
    command = [*COMMAND, reader, _safe_argument(name), language]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, cwd=settings.BASE_DIR
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(_limits_message(name, advice)) from error
    if done.returncode == EXIT_REFUSED:
        raise UnreadableDocument(done.stdout.decode())
    if done.returncode:
        raise UnreadableDocument(_limits_message(name, advice))
    return json.loads(done.stdout)


def _safe_argument(name: str) -> str:
    """A name that a process can be given; its end, which has the extension, is kept."""
    return name.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")[-200:]


def _limits_message(name: str, advice: str) -> str:
    parts = {"name": display_name(name), "advice": advice}
    return (
        _("“%(name)s” takes too long or too much memory to read. Nothing was saved. %(advice)s")
        % parts
    )


def main(reader: str, name: str, language: str) -> int:
    """The process: the file on standard input, what was read as JSON on standard output."""
    import django

    django.setup()
    module, _colon, function = reader.partition(":")
    read = getattr(import_module(module), function)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    activate(language)
    try:
        data = read(sys.stdin.buffer.read(), name).to_json()
    except UnreadableDocument as error:
        sys.stdout.buffer.write(str(error).encode())
        return EXIT_REFUSED
    sys.stdout.write(json.dumps(data))  # several times faster than json.dump
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
