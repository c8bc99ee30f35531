"""Opens the parts of office files, which are zipped XML. Their size was limited beforehand."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

SAFE_PARSER_OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": False,
}


class OfficePackage:
    """The parts of a zipped office file. A part with a document type is refused: entities have no
    place in one.
    """

    def __init__(self, data: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.package.namelist())

    def read(self, part: str) -> io.BytesIO:
        """The bytes of a part. Raises ValueError for one with a document type."""
        data = self.package.read(part)
        if b"<!DOCTYPE" in data[:4096].replace(b"\x00", b""):
            raise ValueError("a part with a document type")
        return io.BytesIO(data)

    def tree(self, part: str) -> etree._Element | None:
        """The root of a part, None without it."""
        if part not in self.names:
            return None
        parser = etree.XMLParser(**SAFE_PARSER_OPTIONS)
        return etree.parse(self.read(part), parser).getroot()
