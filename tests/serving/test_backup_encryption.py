"""Encrypted backups open with their secret key alone, here and with the program age."""

from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from splot.cli import main
from splot.serving.backups.age import decrypt_file, encrypt_file, generate_secret_key, public_key_of
from splot.serving.backups.refusals import BackupRefused
from tests.serving.installation import count_notes, make_installation

# Written by another implementation of age (rage), with a stanza that nobody knows.
SECRET = "AGE-SECRET-KEY-1CQ50704UQCTUL66QFRASK4H5E294RVJQHMAK9EJEUVL5MEUXWDPQ03V53Y"
PUBLIC = "age1qr6ywlfnefsfkfzdgj9s0yxzruyu2dy0gfh4ps02jqnr55jcuscsg628d9"
WRITTEN = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB3TWFtSkM5MStkd24reGtWUXhJVXRTQUd5NG9rMlVFMFE2UWhYSGY0"
    "c3pBCjRnMzlCaCtmQ2YyRlN2Z21YOE5UUCsxSDVtcDl0VC9tYXlVT29IVHFObUEKLT4gaiVVdS1ncmVhc2UgKSArclpNdG4g"
    "RwpsUkhLUzFaN1N6emdHU1Z5bGZkOHg1Q08wbjZmQ3V4bmZaRWpZQXZRdnAyQ2xiTG5zNHRvL0NnNQotLS0gSDVVMmhFWGxO"
    "eHRLeTN2M2JWK0dMNnZpSVVHZWJLbXBVMHI4eGd5aVlNYwpn9bkY/qz7JThdvumR1PzmHvhXaS4kvk17t96yeOHaoElh0qqj"
    "vEc9xRUBzFGVBzyJFhP7X3UhybAkAA=="
)


def encrypted(data: bytes, public: str = PUBLIC) -> bytes:
    target = BytesIO()
    encrypt_file(BytesIO(data), target, public)
    return target.getvalue()


def decrypted(written: bytes, secret: str = SECRET) -> bytes:
    target = BytesIO()
    decrypt_file(BytesIO(written), target, secret)
    return target.getvalue()


def test_a_file_of_the_program_age_opens() -> None:
    assert public_key_of(SECRET) == PUBLIC
    assert decrypted(b64decode(WRITTEN)).decode() == "Zażółć gęślą jaźń\n"


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_any_length_comes_back(length: int) -> None:
    data = bytes(range(256)) * (length // 256 + 1)
    assert decrypted(encrypted(data[:length])) == data[:length]


def test_each_file_has_a_key_of_its_own() -> None:
    assert encrypted(b"words") != encrypted(b"words")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(BackupRefused, match="made for another one"):
        decrypted(encrypted(b"words"), generate_secret_key())


@pytest.mark.parametrize("cut", [1, 17, 65_552, 70_000])
def test_what_is_cut_off_is_noticed(cut: int) -> None:
    with pytest.raises(BackupRefused):
        decrypted(encrypted(bytes(131_072))[:-cut])


@pytest.mark.parametrize("place", [30, 60, 100, 150, 190, 205, 300, 70_000])
def test_a_changed_byte_is_noticed(place: int) -> None:
    written = bytearray(encrypted(bytes(131_072)))
    written[place] ^= 1
    with pytest.raises(BackupRefused):
        decrypted(bytes(written))


def test_chunks_that_changed_places_are_noticed() -> None:
    written = encrypted(bytes(131_072))
    head, chunk = len(written) - 2 * 65_552, 65_552
    first, second = written[head : head + chunk], written[head + chunk :]
    with pytest.raises(BackupRefused):
        decrypted(written[:head] + second + first)


@pytest.mark.parametrize("key", ["", "age1", PUBLIC[:-1], PUBLIC[:-1] + "q", SECRET, "ż" * 62])
def test_what_is_no_public_key_is_refused(key: str) -> None:
    with pytest.raises(BackupRefused, match=r"written as age1\.\.\."):
        encrypted(b"words", key)


def test_an_encrypted_backup_is_restored_with_its_key(
    tmp_path: Path,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", {})
    database = make_installation(tmp_path / "data", settings)
    assert main(["backup-key", str(tmp_path / "key")]) == 0
    settings.BACKUP_KEY = capsys.readouterr().out.strip()
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    backup = str(tmp_path / "splot.backup")
    assert main(["backup", backup]) == 0
    assert b"note" not in Path(backup).read_bytes()
    assert main(["restore", backup]) == 1
    assert "--key-file" in capsys.readouterr().err
    assert main(["restore", backup, "--key-file", str(tmp_path / "data/secret_key")]) == 1
    assert "no key of age" in capsys.readouterr().err
    assert main(["restore", backup, "--key-file", str(tmp_path / "key"), "--check"]) == 0
    assert main(["restore", backup, "--key-file", str(tmp_path / "key")]) == 0
    assert count_notes(database) == 3


def test_a_wrong_public_key_is_found_before_anything_is_written(
    tmp_path: Path,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(settings.DATABASES, "default", {})
    make_installation(tmp_path / "data", settings)
    settings.BACKUP_KEY = "age1typo"
    assert main(["backup", str(tmp_path / "splot.backup")]) == 1
    assert "no key of age" in capsys.readouterr().err
    assert not (tmp_path / "splot.backup").exists()
