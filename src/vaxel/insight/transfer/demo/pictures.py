"""Screenshots to go with questions: a drawn window, small as a file, different for each question."""

import struct
import zlib
from random import Random
from typing import Final

_WIDTH: Final = 1280
_HEIGHT: Final = 720
_BAR: Final = 44
_SIDE: Final = 220
_ROW: Final = 46
#: Colours of the palette, by index: paper, bar, side, text, box, warning, warning's text.
_PALETTE: Final = bytes.fromhex("f7f7f5 24323f e6e9ec 9aa4ad ffffff f3c7c2 a33025")
_PAPER, _BAR_COLOUR, _SIDE_COLOUR, _TEXT, _BOX, _WARNING, _WARNING_TEXT = range(7)


def picture(seed: str, index: int) -> bytes:
    """A window with a menu, some rows and an error box, as PNG. The same seed and index draw the same picture."""
    random = Random(f"{seed} {index}")  # noqa: S311  # a drawing
    rows = [_menu_row(random) for _ in range(_HEIGHT // _ROW + 1)]
    box_top = random.randint(220, 420)
    box = range(box_top, box_top + 120)
    lines = b"".join(b"\0" + _line(y, rows=rows, box=box) for y in range(_HEIGHT))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", _PALETTE),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _menu_row(random: Random) -> tuple[int, int]:
    """How long the menu's word and the row's sentence are."""
    return random.randint(60, 150), random.randint(200, 760)


def _line(y: int, *, rows: list[tuple[int, int]], box: range) -> bytes:
    if y < _BAR:
        return bytes([_BAR_COLOUR]) * _WIDTH
    word, sentence = rows[y // _ROW]
    has_text = y % _ROW in range(14, 26)
    line = bytearray(bytes([_SIDE_COLOUR]) * _SIDE + bytes([_PAPER]) * (_WIDTH - _SIDE))
    if has_text:
        line[24 : 24 + word] = bytes([_TEXT]) * word
        line[_SIDE + 40 : _SIDE + 40 + sentence] = bytes([_TEXT]) * sentence
    if y in box:
        line[420:1020] = bytes([_WARNING if y - box.start < _ROW else _BOX]) * 600
        if y - box.start in range(16, 28):
            line[450:750] = bytes([_WARNING_TEXT]) * 300
    return bytes(line)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
