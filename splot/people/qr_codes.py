"""QR codes as the path of an SVG."""

from dataclasses import dataclass

QUIET = 4  # modules of empty margin, as the standard asks


@dataclass(frozen=True)
class QrCode:
    """Dark modules as one path in a square of `size`, of one unit each."""

    path: str
    size: int


def draw_qr_code(words: str) -> QrCode:
    import qrcode  # large, and needed on two pages alone

    code = qrcode.QRCode(border=QUIET)
    code.add_data(words)
    matrix = code.get_matrix()
    path = ""
    for y, row in enumerate(matrix):
        path += "".join(f"M{x} {y}h1v1h-1z" for x, is_dark in enumerate(row) if is_dark)
    return QrCode(path, len(matrix))
