"""Runs Typst in a process of its own: a template and JSON data become a PDF."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

from splot.core.values import Json

TYPESETTER = Path(__file__).parent / "typesetter.py"
ROOT = Path(__file__).parents[2]  # templates may import one another from anywhere in the package
SECONDS = 120.0  # a booklet of 480 activities takes less than one


class TypesettingError(Exception):
    """The document could not be made; the message is the typesetter's."""


def typeset_pdf(
    template: Path,
    data: Json,
    *,
    made: date | None = None,
    seconds: float = SECONDS,
) -> bytes:
    """PDF/UA-1 bytes of a Typst template within this package, which gets `data` as JSON through
    `typesetting/common.typ`.

    `made` becomes the day of creation; without it the file carries none if the template says so.
    The same data give the same bytes, whatever fonts the machine has. Raises TypesettingError, also
    when it takes longer than `seconds`.
    """
    moment = int(datetime.combine(made, time(), UTC).timestamp()) if made else 0
    command = [sys.executable, "-I", str(TYPESETTER), str(ROOT), str(template), str(moment)]
    words = json.dumps(data, ensure_ascii=False).encode()
    try:
        done = subprocess.run(
            command, input=words, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise TypesettingError(str(failure)) from failure
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace"))
    return done.stdout
