"""Names of files within archives, as Windows, DOS, a Mac and Linux write them."""

import io
import zipfile

import pytest

from splot.documents.intake.archives import IncomingFile, unpack_archives

NAMES = ("Sprawozdania/Wydział Oświaty – źródła.xlsx", "Łódź, żłobek.xlsx", "plan.xlsx")


def archive(names: tuple[str, ...], encoding: str) -> bytes:
    """A zip whose names are in a code page, without the mark of UTF-8."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for at, name in enumerate(names):
            size = len(name.encode(encoding))
            package.writestr(f"{at}".rjust(size, "x"), b"x")
    data = buffer.getvalue()
    for at, name in enumerate(names):
        raw = name.encode(encoding)
        data = data.replace(f"{at}".rjust(len(raw), "x").encode(), raw)
    return data


def names_in(data: bytes) -> list[str]:
    return [file.name for file in unpack_archives([IncomingFile("a.zip", data)])]


@pytest.mark.parametrize("encoding", ["cp852", "cp1250", "utf-8", "mac-latin2"])
def test_polish_names(encoding: str) -> None:
    names = tuple(name.replace("–", "-") for name in NAMES)
    expected = [name.rpartition("/")[2] for name in names]
    assert names_in(archive(names, encoding)) == expected


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "utf-8"])
def test_cyrillic_names(encoding: str) -> None:
    names = ("Отчёт отдела образования.xlsx", "план города.xlsx")
    assert names_in(archive(names, encoding)) == list(names)


def test_names_that_say_their_encoding_and_composed_ones_of_a_mac() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("Wydział.xlsx", b"x")
        package.writestr("Łódz\u0301.xlsx", b"x")
    assert names_in(buffer.getvalue()) == ["Wydział.xlsx", "Łódź.xlsx"]
