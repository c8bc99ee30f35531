"""Keys as people copy them: bech32, which notices a wrong sign (BIP 173)."""

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
KEY_BYTES = 32


def encode_bech32(kind: str, data: bytes) -> str:
    """`data` as "kind1...", with a checksum."""
    digits = _regroup(list(data), 8, 5, pad=True)
    checked = _checksum_of([*_expand(kind), *digits, *[0] * 6]) ^ 1
    digits += [checked >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{kind}1" + "".join(ALPHABET[digit] for digit in digits)


def decode_bech32(kind: str, written: str) -> bytes:
    """The 32 bytes of a key of this kind. Raises ValueError."""
    begins, __, rest = written.rpartition("1")
    digits = [ALPHABET.index(character) for character in rest]
    if begins != kind or _checksum_of([*_expand(kind), *digits]) != 1:
        raise ValueError("not a key of this kind")
    data = bytes(_regroup(digits[:-6], 5, 8, pad=False))
    if len(data) != KEY_BYTES:
        raise ValueError("too short or too long for a key")
    return data


def _expand(kind: str) -> list[int]:
    codes = kind.encode()
    return [*(code >> 5 for code in codes), 0, *[code & 31 for code in codes]]


def _checksum_of(digits: list[int]) -> int:
    check = 1
    for digit in digits:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ digit
        for place, generator in enumerate(GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check


def _regroup(values: list[int], width: int, new_width: int, pad: bool) -> list[int]:
    """Numbers of `width` bits as numbers of `new_width` bits."""
    held, bits, regrouped = 0, 0, []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= new_width:
            bits -= new_width
            regrouped.append(held >> bits & (1 << new_width) - 1)
    if pad and bits:
        regrouped.append(held << new_width - bits & (1 << new_width) - 1)
    return regrouped
