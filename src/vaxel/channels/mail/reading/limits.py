"""What one mail may ask of the reader. Beyond it the mail is `unreadable`, with the limit in its reason.

The figures are far above what people send and far below what hurts. Counts are checked while the bytes are split into
parts, before anything is decoded; time and memory are the child process's own limits (`vaxel.channels.mail.readers`).
"""

from typing import Final

#: The longest mail that is read, in bytes: attachments of 30 MB, encoded, with room.
LONGEST_MAIL: Final = 44 * 1024 * 1024
#: The header block of the mail or of one part, and one header in it, in bytes.
LONGEST_HEADERS: Final = 1024 * 1024
LONGEST_HEADER: Final = 512 * 1024
#: Headers in one block.
MOST_HEADERS: Final = 5_000
#: Leaves and multiparts of one mail together, and how deep they may be nested.
MOST_PARTS: Final = 1_000
DEEPEST_PART: Final = 30
#: Parameters of one header (RFC 2231 pieces included) that are looked at.
MOST_PARAMETERS: Final = 200
#: Addresses of one header that are kept.
MOST_ADDRESSES: Final = 1_000
#: Characters of one header in which addresses are looked for.
LONGEST_ADDRESSES: Final = 256_000
#: Characters of text that are kept; the raw mail holds the rest.
LONGEST_TEXT: Final = 1_000_000
#: Lines in which quotations are looked for; what follows belongs to the last of them.
MOST_LINES: Final = 5_000
#: Characters of HTML that are cleaned, tags in it, and how deep they may be nested: cleaning is quadratic in depth.
LONGEST_HTML: Final = 1_000_000
MOST_TAGS: Final = 60_000
#: Entities and attributes that are cleaned: each costs as much as hundreds of letters.
MOST_MARKS: Final = 80_000
DEEPEST_TAG: Final = 400

#: Seconds of processor time for one mail; the wall clock may show more where the machine is busy with other things.
SECONDS: Final = 2.0
WALL_SECONDS: Final = 4.0
#: Bytes of memory for one mail: the larger for a mail above `LARGE_MAIL`.
MEMORY: Final = 200 * 1024 * 1024
LARGE_MAIL: Final = 8 * 1024 * 1024
LARGE_MEMORY: Final = 320 * 1024 * 1024


class TooMuchError(ValueError):
    """The mail asks for more than it may; the message is the reason that people read."""
