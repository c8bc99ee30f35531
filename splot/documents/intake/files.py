"""Which reader a file that somebody sent is for; what is for none is refused with a sentence for
people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from splot.core.values import Words

from .limits import MAX_BYTES
from .refusals import (
    UnreadableDocument,
    display_name,
    empty_document,
    empty_spreadsheet,
    unreadable_document,
    unreadable_spreadsheet,
)
from .sniffing import PICTURES, PRESENTATIONS, SPREADSHEETS, FileType, sniff_file

Refusal = tuple[Words, Words]  # what is wrong, what to do; "" for the usual advice

OPEN_AND_SAVE_AS_XLSX = gettext_lazy("Open it in a spreadsheet program and save it as .xlsx.")
ASK_FOR_SPREADSHEET = gettext_lazy("Ask for the spreadsheet that it was made from.")
SAVE_AS_DOCX = gettext_lazy("Save it as .docx, and try again.")
IS_OLD_WORD = gettext_lazy("it is in the old .doc format.")
IS_IWORK = gettext_lazy("it is in a format of Apple’s programs (Pages, Numbers, Keynote).")
COMMON_REFUSALS: dict[FileType, Refusal] = {
    FileType.RTF: (gettext_lazy("it is in the RTF format."), ""),
    FileType.WEB_PAGE: (gettext_lazy("it is a web page or an XML file."), ""),
    FileType.OLD_OFFICE: (gettext_lazy("it is in an old Office format."), ""),
    FileType.ENCRYPTED: (
        gettext_lazy("it is protected with a password."),
        gettext_lazy("Open it, remove the password, save it, and try again."),
    ),
    FileType.DAMAGED_PACKAGE: (gettext_lazy("it is damaged and cannot be opened."), ""),
}


@dataclass(frozen=True, kw_only=True)
class ExpectedFiles:
    """Which files a reader takes: the format of each type, the formats that an extension may be
    (any, for a file without one), and how the others are refused.
    """

    formats: Mapping[FileType, str]
    format_labels: Mapping[str, Words]
    extensions: Mapping[str, tuple[str, ...]]
    refusals: Mapping[FileType, Refusal]
    unknown_extension: Words
    extension_refusals: Mapping[tuple[str, str], Refusal] = field(default_factory=dict)
    refuse: Callable[[str, str, str], UnreadableDocument]
    refuse_empty: Callable[[str], UnreadableDocument]


IS_SPREADSHEET: Refusal = (gettext_lazy("it is a spreadsheet, and a document was expected."), "")
IS_PRESENTATION: Refusal = (gettext_lazy("it is a presentation, and a document was expected."), "")
IS_SCAN: Refusal = (
    gettext_lazy("it is a picture. A scan has to go through text recognition first."),
    "",
)
IS_PICTURE: Refusal = (gettext_lazy("it is a picture."), ASK_FOR_SPREADSHEET)
DOCUMENTS = ExpectedFiles(
    formats={
        FileType.TEXT: "text",
        FileType.DOCX: "docx",
        FileType.PDF: "pdf",
        FileType.AKOMA_NTOSO: "xml",
    },
    format_labels={
        "text": gettext_lazy("plain text"),
        "docx": gettext_lazy("a Word document"),
        "pdf": gettext_lazy("a PDF document"),
        "xml": gettext_lazy("an Akoma Ntoso document"),
    },
    extensions={
        ".txt": ("text",),
        ".text": ("text",),
        ".md": ("text",),
        ".docx": ("docx",),
        ".docm": ("docx",),
        ".pdf": ("pdf",),
        ".xml": ("xml",),
    },
    refusals={
        **COMMON_REFUSALS,
        **dict.fromkeys(PICTURES, IS_SCAN),
        **dict.fromkeys((*SPREADSHEETS, FileType.XML_SPREADSHEET), IS_SPREADSHEET),
        **dict.fromkeys(PRESENTATIONS, IS_PRESENTATION),
        **dict.fromkeys(
            (FileType.ODT, FileType.OTHER_OPEN_DOCUMENT),
            (gettext_lazy("it is in the OpenDocument format."), ""),
        ),
        FileType.DOC: (IS_OLD_WORD, SAVE_AS_DOCX),
        FileType.IWORK: (IS_IWORK, gettext_lazy("Export it as .docx, and try again.")),
        FileType.WEB_TABLE: COMMON_REFUSALS[FileType.WEB_PAGE],
        FileType.ARCHIVE: (
            gettext_lazy("it is an archive. Take the document out of it first."),
            "",
        ),
        FileType.TOO_LARGE_PACKAGE: (
            gettext_lazy("unpacked, it is larger than a document can be."),
            "",
        ),
    },
    unknown_extension=gettext_lazy("files ending in “%(ending)s” are not documents."),
    extension_refusals=dict.fromkeys(((".csv", "text"), (".tsv", "text")), IS_SPREADSHEET),
    refuse=unreadable_document,
    refuse_empty=empty_document,
)
ARCHIVE_WITH_SPREADSHEET: Refusal = (
    gettext_lazy("it is an archive. Take the spreadsheet out of it first."),
    "",
)
TABLES = ExpectedFiles(
    formats={
        FileType.TEXT: "delimited",
        FileType.XLSX: "xlsx",
        FileType.XLS: "xls",
        FileType.ODS: "ods",
        FileType.DOCX: "docx",
        FileType.WEB_TABLE: "html",
    },
    format_labels={
        "xlsx": gettext_lazy("an Excel workbook"),
        "xls": gettext_lazy("an Excel workbook"),
        "ods": gettext_lazy("an OpenDocument spreadsheet"),
        "html": gettext_lazy("a web page"),
        "docx": gettext_lazy("a Word document"),
        "delimited": gettext_lazy("plain text"),
    },
    extensions={
        ".xls": ("xls", "xlsx", "delimited", "html"),  # the name that many systems give to both
        ".htm": ("html",),
        ".html": ("html",),
        ".xlsx": ("xlsx",),
        ".xlsm": ("xlsx",),
        ".ods": ("ods",),
        ".csv": ("delimited",),
        ".tsv": ("delimited",),
        ".tab": ("delimited",),
        ".txt": ("delimited",),
        ".docx": ("docx",),
        ".docm": ("docx",),
    },
    refusals={
        **COMMON_REFUSALS,
        **dict.fromkeys(PICTURES, IS_PICTURE),
        **dict.fromkeys(
            (FileType.ODP, FileType.OTHER_OPEN_DOCUMENT),
            (gettext_lazy("it is an OpenDocument file, but not a spreadsheet."), ""),
        ),
        FileType.ODT: (
            gettext_lazy("it is an OpenDocument text, not a spreadsheet."),
            SAVE_AS_DOCX,
        ),
        FileType.RTF: (COMMON_REFUSALS[FileType.RTF][0], SAVE_AS_DOCX),
        **dict.fromkeys((FileType.ARCHIVE, FileType.PPTX), ARCHIVE_WITH_SPREADSHEET),
        **dict.fromkeys(
            (FileType.WEB_PAGE, FileType.AKOMA_NTOSO),
            (COMMON_REFUSALS[FileType.WEB_PAGE][0], OPEN_AND_SAVE_AS_XLSX),
        ),
        FileType.PDF: (gettext_lazy("it is a PDF document."), ASK_FOR_SPREADSHEET),
        FileType.DOC: (IS_OLD_WORD, SAVE_AS_DOCX),
        FileType.XML_SPREADSHEET: (
            gettext_lazy("it is an XML file of Excel 2003."),
            OPEN_AND_SAVE_AS_XLSX,
        ),
        FileType.XLSB: (
            gettext_lazy("it is in the binary .xlsb format."),
            gettext_lazy("Open it in Excel and save it as .xlsx."),
        ),
        FileType.IWORK: (IS_IWORK, gettext_lazy("Export it as .xlsx, and try again.")),
        FileType.TOO_LARGE_PACKAGE: (
            gettext_lazy("unpacked, it is larger than a spreadsheet can be."),
            "",
        ),
    },
    unknown_extension=gettext_lazy("files ending in “%(ending)s” are not read as tables."),
    refuse=unreadable_spreadsheet,
    refuse_empty=empty_spreadsheet,
)


def identify_document(data: bytes, name: str) -> str:
    """The format by content: "text", "markdown", "docx", "pdf" or "xml".

    Raises UnreadableDocument for any other content, and for an extension that does not tell the
    truth.
    """
    file_format = _identify_file(data, name, DOCUMENTS)
    return "markdown" if _extension_of(name) == ".md" else file_format


def identify_spreadsheet(data: bytes, name: str) -> str:
    """ "xlsx", "xls", "ods", "docx", "html" or "delimited"; raises UnreadableDocument for other
    content or a false extension.
    """
    return _identify_file(data, name, TABLES)


def _identify_file(data: bytes, name: str, expected: ExpectedFiles) -> str:
    if len(data) > MAX_BYTES:
        size = {"size": -(-len(data) // (1024 * 1024)), "most": MAX_BYTES // (1024 * 1024)}
        raise expected.refuse(
            name,
            _("it has %(size)d MB; the most is %(most)d MB.") % size,
            _("Take the pictures out or divide it into parts, and try again."),
        )
    file_type = sniff_file(data).type
    if file_type is FileType.EMPTY:
        raise expected.refuse_empty(name)
    if file_type not in expected.formats:
        what, advice = expected.refusals[file_type]
        raise expected.refuse(name, str(what), str(advice))
    _check_extension(name, expected.formats[file_type], expected)
    return expected.formats[file_type]


def _check_extension(name: str, file_format: str, expected: ExpectedFiles) -> None:
    extension = _extension_of(name)
    if not extension or file_format in expected.extensions.get(extension, ()):
        return
    ending = {"ending": display_name(extension)}
    if extension in expected.extensions:
        label = expected.format_labels[file_format]
        raise expected.refuse(
            name,
            _("its name ends in “%(ending)s”, yet it is %(kind)s.") % {**ending, "kind": label},
            _("Make sure that it is the file you meant, give it its true ending, and try again."),
        )
    what, advice = expected.extension_refusals.get((extension, file_format), ("", ""))
    raise expected.refuse(name, str(what or expected.unknown_extension) % ending, str(advice))


def _extension_of(name: str) -> str:
    """In small letters with its dot, "" without one."""
    return PurePath(name.strip().lower().replace("\\", "/")).suffix
