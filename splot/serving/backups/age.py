"""Files encrypted to a public key, in the format of age (age-encryption.org/v1): whoever has the
secret key opens them here, or with the program age itself.

A file has a random key; the header holds it, wrapped for the public key (X25519, HKDF-SHA256,
ChaCha20-Poly1305); the payload follows in chunks of 64 KiB, each sealed and numbered, the last one
marked, so that none can be changed, moved or cut off.
"""

from __future__ import annotations

import hmac
import os
from base64 import b64decode, b64encode
from typing import IO, TYPE_CHECKING

from .bech32 import decode_bech32, encode_bech32
from .refusals import BackupRefused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

INTRODUCTION = b"age-encryption.org/v1\n"
WRAPPING = b"age-encryption.org/v1/X25519"
PUBLIC, SECRET = "age", "age-secret-key-"  # before the "1" of a written key
CHUNK_BYTES = 65_536
TAG_BYTES = 16
MAX_HEADER_LINES = 100


def generate_secret_key() -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return encode_bech32(SECRET, X25519PrivateKey.generate().private_bytes_raw()).upper()


def public_key_of(secret_key: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    secret = X25519PrivateKey.from_private_bytes(_parse_key(SECRET, secret_key))
    return encode_bech32(PUBLIC, secret.public_key().public_bytes_raw())


def check_public_key(written: str) -> None:
    """Raises BackupRefused for what is no public key."""
    _parse_key(PUBLIC, written)


def encrypt_file(source: IO[bytes], target: IO[bytes], public_key: str) -> None:
    """Encrypt all of `source` to a public key ("age1...")."""
    file_key = os.urandom(16)
    header = _build_header(file_key, _parse_key(PUBLIC, public_key))
    nonce = os.urandom(16)
    target.write(header + nonce)
    cipher = _payload_cipher(file_key, nonce)
    number, part = 0, source.read(CHUNK_BYTES)
    while True:
        following = source.read(CHUNK_BYTES)
        is_last = not following
        target.write(cipher.encrypt(_chunk_nonce(number, is_last), part, None))
        if is_last:
            return
        number, part = number + 1, following


def decrypt_file(source: IO[bytes], target: IO[bytes], secret_key: str) -> None:
    """Decrypt all of `source`. Raises BackupRefused where the key does not fit or a byte is not
    what was written.
    """
    from cryptography.exceptions import InvalidTag

    file_key = _open_header(source, _parse_key(SECRET, secret_key))
    cipher = _payload_cipher(file_key, source.read(16))
    number, part = 0, source.read(CHUNK_BYTES + TAG_BYTES)
    try:
        while True:
            following = source.read(CHUNK_BYTES + TAG_BYTES)
            is_last = not following
            target.write(cipher.decrypt(_chunk_nonce(number, is_last), part, None))
            if is_last:
                return
            number, part = number + 1, following
    except InvalidTag as error:
        raise BackupRefused("the encrypted backup is damaged or cut off") from error


def is_encrypted(source: IO[bytes]) -> bool:
    """Does the file begin as one of age? Leaves it at its beginning."""
    begins = source.read(len(INTRODUCTION)) == INTRODUCTION
    source.seek(0)
    return begins


def _build_header(file_key: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    wrapped = _wrapping_cipher(shared, share + public).encrypt(bytes(12), file_key, None)
    stanza = b"-> X25519 " + _encode64(share) + b"\n" + _encode64(wrapped) + b"\n"
    signed = INTRODUCTION + stanza + b"---"
    return signed + b" " + _encode64(_header_code(file_key, signed)) + b"\n"


def _open_header(source: IO[bytes], secret: bytes) -> bytes:
    """The file key; `source` stands at the payload afterwards."""
    lines: list[bytes] = []
    while len(lines) < MAX_HEADER_LINES and not (lines and lines[-1].startswith(b"---")):
        lines.append(source.readline(200))
    signed, __, code = b"".join(lines).rpartition(b" ")
    for place, line in enumerate(lines):
        if not line.startswith(b"-> X25519 "):
            continue
        file_key = _unwrap(line.split()[-1], lines[place + 1], secret)
        if file_key is None:
            continue
        if hmac.compare_digest(_header_code(file_key, signed), _decode64(code)):
            return file_key
    raise BackupRefused("the secret key does not open this backup; it was made for another one")


def _unwrap(share: bytes, wrapped: bytes, secret: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own, theirs = X25519PrivateKey.from_private_bytes(secret), _decode64(share)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(theirs))
        salt = theirs + own.public_key().public_bytes_raw()
        return _wrapping_cipher(shared, salt).decrypt(bytes(12), _decode64(wrapped), None)
    except (InvalidTag, ValueError):
        return None


def _wrapping_cipher(shared: bytes, salt: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(derive_key(shared, salt, WRAPPING))


def _payload_cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(derive_key(file_key, nonce, b"payload"))


def _header_code(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(derive_key(file_key, b"", b"header"), signed, "sha256")


def derive_key(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) of 32 bytes, which are one block."""
    return hmac.digest(hmac.digest(salt, secret, "sha256"), purpose + b"\x01", "sha256")


def _chunk_nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _parse_key(kind: str, written: str) -> bytes:
    try:
        return decode_bech32(kind, written.strip().lower())
    except ValueError as error:
        form = "age1..." if kind == PUBLIC else "AGE-SECRET-KEY-1..."
        raise BackupRefused(f"this is no key of age; it is written as {form}") from error


def _encode64(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _decode64(written: bytes) -> bytes:
    written = written.strip()
    return b64decode(written + b"=" * (-len(written) % 4))
