"""Workbooks that come back: unpacked, read in processes of their own, understood. Nothing is believed here."""

import base64
import gc
import hashlib
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from splot.core.actions import Refused
from splot.core.values import Json
from splot.documents.intake.sandbox import run_apart
from splot.documents.sheets import Cell, Sheet, UnreadableDocument, Workbook, read_sheets
from splot.documents.sheets.files import MAX_BYTES

from .cells import INPUTS, Unclear, plain_text, read, written
from .queries import HIDDEN_SHEET, KEY, LOCKED, NO_ROW, GivenFile, ReturnedFile, ReturnedRow, Unread

MOST_FILES = 200
MOST_UNPACKED = 50 * 1024 * 1024  # of all archives given in together
BATCH_FILES, BATCH_BYTES = 64, 4 * 1024 * 1024  # read by one process
FIRST_ROWS = 20  # among which the row of codes stands
KEY_CELL = re.compile(re.escape(KEY) + r"([\w-]{43})", re.ASCII)

Upload = tuple[str, bytes]
Read = ReturnedFile | Unread
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Archive:
    """An archive that could be opened; nothing of it is unpacked yet."""

    name: str
    archive: zipfile.ZipFile
    parts: list[zipfile.ZipInfo]

    @property
    def size(self) -> int:
        """Bytes that unpacking can give at most: no part gives more than it says."""
        return sum(min(part.file_size, MAX_BYTES + 1) for part in self.parts)

    def members(self) -> list[GivenFile]:
        return [GivenFile(_base(part.filename), _content(self.archive, part)) for part in self.parts]


def unpacked(files: Iterable[GivenFile]) -> list[GivenFile | Unread]:
    """The files in their order, those of archives one by one; Unread in place of an archive that is bad or too big.

    Of all archives together no more than MOST_UNPACKED bytes are unpacked. Raises Refused for more than MOST_FILES.
    """
    opened = [_opened(file) for file in files]
    number = sum(len(each.parts) if isinstance(each, _Archive) else 1 for each in opened)
    if number > MOST_FILES:
        words = ngettext(
            "This is %(number)s file; at most %(most)s are taken at once. Nothing was kept.",
            "These are %(number)s files; at most %(most)s are taken at once. Nothing was kept.",
            number,
        )
        raise Refused(words % {"number": number, "most": MOST_FILES})
    found: list[GivenFile | Unread] = []
    left = MOST_UNPACKED
    for each in opened:
        if isinstance(each, _Archive):
            found += _members(each) if each.size <= left else [_unopened(each.name)]
            left -= min(each.size, left)
        else:
            found.append(each)
    return found


def _opened(file: GivenFile) -> GivenFile | Unread | _Archive:
    if not file.name.lower().endswith(".zip"):
        return file
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.content))
    except Exception:  # zipfile raises many kinds on hostile bytes
        return _unopened(file.name)
    parts = [part for part in archive.infolist() if not part.is_dir() and not _is_litter(part.filename)]
    return _Archive(file.name, archive, parts)


def _members(archive: _Archive) -> list[GivenFile] | list[Unread]:
    try:
        return archive.members()
    except Exception:  # as above
        return [_unopened(archive.name)]


def _unopened(name: str) -> Unread:
    return Unread(name, _("The archive cannot be opened, or holds too much. Send the files themselves."))


def _base(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _is_litter(name: str) -> bool:
    """What a Mac and a mail program put beside the files."""
    base = PurePosixPath(name).name
    return name.startswith("__MACOSX/") or base.startswith((".", "~$")) or base in ("Thumbs.db", "desktop.ini")


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        return stream.read(MAX_BYTES + 1)  # one more than is read: the reader then says that it is too much


def read_returned(files: Iterable[Upload]) -> Iterator[Read | None]:
    """What each of the files says, in their order; nothing is lost because another file is bad.

    None for a file that could not be read through no fault of its own, as the log tells.
    """
    for batch in _batches(files):
        yield from _read_batch(batch)


def _batches(files: Iterable[Upload]) -> Iterator[list[Upload]]:
    batch: list[Upload] = []
    size = 0
    for name, data in files:
        if batch and (len(batch) == BATCH_FILES or size + len(data) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((name, data))
        size += len(data)
    if batch:
        yield batch


def _read_batch(batch: list[Upload]) -> list[Read] | list[Read | None]:
    """One process for all: starting one costs more than reading a workbook. If it gives up, each file has its own."""
    try:
        return _read_apart(batch, "")
    except Exception:  # whatever it was, it is looked for in each file alone
        return [_read_alone(name, data) for name, data in batch]


def _read_alone(name: str, data: bytes) -> Read | None:
    try:
        return _read_apart([(name, data)], name)[0]
    except UnreadableDocument as error:
        return Unread(name, str(error))
    except Exception:
        logger.exception("no process could read a workbook")
        return None


def _read_apart(batch: list[Upload], name: str) -> list[Read]:
    """What a process of its own makes of these files. Raises UnreadableDocument, by `name`, when it took too much."""
    packed = json.dumps([[each, base64.b64encode(data).decode()] for each, data in batch]).encode()
    advice = _("Divide it into parts or save it anew as .xlsx, and try again.")
    answers = run_apart(f"{__name__}:read_together", packed, name, advice)["files"]
    return [_from_json(answer) for answer in answers]


def _from_json(answer: Json) -> Read:
    if "why" in answer:
        return Unread(**answer)
    return ReturnedFile(**{**answer, "rows": [ReturnedRow(**row) for row in answer["rows"]]})


def _to_json(read: Read) -> Json:
    return {**vars(read), "rows": [vars(row) for row in read.rows]} if isinstance(read, ReturnedFile) else vars(read)


class _Answers:
    """What `read_together` hands over."""

    def __init__(self, files: list[Read]) -> None:
        self.files = files

    def to_json(self) -> Json:
        return {"files": list(map(_to_json, self.files))}


def read_together(data: bytes, name: str) -> _Answers:
    """Several files, one after another; the process has the limits of one. Runs apart."""
    gc.disable()  # the process ends when it has read: looking for what could be thrown away takes a third of its time
    return _Answers([_read(each, base64.b64decode(content)) for each, content in json.loads(data)])


def _read(name: str, data: bytes) -> Read:
    if not data:
        return Unread(name, _("The file is empty."))
    try:
        found = understood(read_sheets(data, name), name, hashlib.sha256(data).hexdigest())
    except UnreadableDocument as error:
        return Unread(name, str(error))
    return found or Unread(name, _("It is not one of the workbooks made here, or its hidden first row is gone."))


def understood(book: Workbook, name: str, digest: str) -> ReturnedFile | None:
    """What a workbook says; None when it has no key. A sheet that somebody copied is read, too."""
    places = [(sheet, at) for sheet in book.sheets if (at := _codes_row(sheet)) is not None]
    if not places:
        return None
    first, at = places[0]
    key = _key(first.rows[at][0]) or ""
    stated = {key, book.properties.get("splot-key", key), *(_key(sheet.rows[at][0]) for sheet, at in places)}
    hidden = next((sheet for sheet in book.sheets if sheet.name == HIDDEN_SHEET), None)
    manifest = None if hidden is None else [_pair(row) for row in hidden.rows if any(_pair(row))]
    if len(stated) > 1:
        manifest = [["key", "?"]]  # two keys in one workbook are as good as a changed one
    rows, notes = [], list(book.notes)
    for sheet, at in places:
        codes = [cell.text.strip() for cell in sheet.rows[at]]
        for place, cells in enumerate(sheet.rows[at + 1 :], at + 2):
            rows += _row(codes, cells, place)
            notes += _beside(codes, cells, place)
    return ReturnedFile(PurePosixPath(name).name[-200:], digest, key, rows, manifest, notes)


def _codes_row(sheet: Sheet) -> int | None:
    return next((at for at, row in enumerate(sheet.rows[:FIRST_ROWS]) if row and _key(row[0])), None)


def _key(cell: Cell) -> str | None:
    found = KEY_CELL.fullmatch(cell.text.strip())
    return found[1] if found else None


def _pair(row: list[Cell]) -> list[str]:
    return [cell.text.strip() for cell in row[:2]]


def _row(codes: list[str], cells: list[Cell], place: int) -> list[ReturnedRow]:
    """The row, if it is one of a task or somebody has written in it."""
    mark = cells[0].text.strip()
    by_code = {code: cell for code, cell in zip(codes[1:], cells[1:], strict=True) if code}
    if mark == NO_ROW or not any(by_code.values()):
        return []
    values, unclear = {}, {}
    for code in dict.fromkeys(each.cell for each in INPUTS):
        own = {each.code: by_code[each.code] for each in INPUTS if each.cell == code and each.code in by_code}
        if code not in own:
            continue
        try:
            values[code] = read(code, own)
        except Unclear as error:
            unclear[code] = (written(code, own) or "?", str(error))
    locked = {code: plain_text(by_code[code].text) for code in LOCKED if code in by_code}
    return [ReturnedRow(place, _number(by_code.get("number")), mark, locked, values, unclear)]


def _number(cell: Cell | None) -> int | None:
    words = cell.text.strip() if cell else ""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else None


def _beside(codes: list[str], cells: list[Cell], place: int) -> list[str]:
    """What people remarked on cells and wrote outside the columns, so that it is read."""
    found = []
    for at, cell in enumerate(cells):
        if cell.comment:
            found.append(_("Comment in row %(place)s: %(words)s") % {"place": place, "words": cell.comment[:2000]})
        if cell and (at >= len(codes) or not codes[at]):
            found.append(
                _("Outside the columns, row %(place)s: %(words)s") % {"place": place, "words": cell.text[:2000]}
            )
    return found
