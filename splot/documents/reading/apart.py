"""Reads a document in a process of its own: a hostile file costs seconds and megabytes, not the server."""

import json
import resource
import subprocess
import sys

from django.conf import settings
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _

from ..tree import Document
from .files import UnreadableDocument

SECONDS = 30
MOST_MEMORY = 1_500 * 1024 * 1024  # of address space
REFUSED = 3  # exit status for a document that the reader explained away


def read_apart(data: bytes, name: str) -> Document:
    """As `read_document`, within SECONDS and MOST_MEMORY. Raises UnreadableDocument beyond them too."""
    command = [sys.executable, "-m", __name__, name, get_language() or settings.LANGUAGE_CODE]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, cwd=settings.BASE_DIR)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(_too_much(name)) from error
    if done.returncode == REFUSED:
        raise UnreadableDocument(done.stdout.decode())
    if done.returncode:
        raise UnreadableDocument(_too_much(name))
    return Document.from_json(json.loads(done.stdout))


def _too_much(name: str) -> str:
    return _(
        "“%(name)s” takes too long or too much memory to read. Nothing was saved. "
        "Save it anew as plain text or as a simple Word document and try again."
    ) % {"name": name}


def main(name: str, language: str) -> int:
    """The process: the file on standard input, the tree as JSON on standard output."""
    import django

    django.setup()
    from . import read_document

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    activate(language)
    try:
        document = read_document(sys.stdin.buffer.read(), name)
    except UnreadableDocument as error:
        sys.stdout.write(str(error))
        return REFUSED
    json.dump(document.to_json(), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
