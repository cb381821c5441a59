"""Reading mail: bytes in, one frozen `vaxel.kit.mail.Mail` out. Pure: no Django, no clock, no network, no disk.

`read` is the whole of it. What strangers sent is read in a child process with limits: `vaxel.channels.mail.readers`.
"""

from vaxel.channels.mail.reading.reader import read

__all__ = ["read"]
