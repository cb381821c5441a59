"""Drawn screenshots."""

import struct
import zlib

from vaxel.insight.transfer.demo.pictures import picture


def test_picture_is_a_small_png_of_a_whole_window() -> None:
    drawn = picture("Oväntat fel", 0)
    assert drawn[:16] == b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
    assert struct.unpack(">II", drawn[16:24]) == (1280, 720)
    start = drawn.index(b"IDAT")
    length = struct.unpack(">I", drawn[start - 4 : start])[0]
    assert len(zlib.decompress(drawn[start + 4 : start + 4 + length])) == 720 * (1280 + 1)
    assert len(drawn) < 10_000


def test_each_question_has_a_picture_of_its_own() -> None:
    assert len({picture(seed, index) for seed in ("a", "b") for index in (0, 1)}) == 4
