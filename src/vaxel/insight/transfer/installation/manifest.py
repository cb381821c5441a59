"""What a backup says of itself: its last member, so that a backup without it is none."""

from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict

#: Grows when an older program could not read the file.
FORMAT: Final = 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Digest(_Part):
    """A member as it was written: bytes and SHA-256."""

    size: int
    sha256: str


class Files(_Part):
    """The attachments together; `sha256` is that of the lines `sha256 size key` in the order of the members."""

    count: int
    bytes: int
    sha256: str


class Manifest(_Part):
    """All that must fit before anything is restored."""

    format: int
    made_at: datetime
    #: The major version of the server that was dumped, and of the program that did it.
    server: int
    pg_dump: int
    #: The database's steps that were recorded, as `app.name`: a program that lacks one is too old for the backup.
    steps: tuple[str, ...]
    #: Rows by table, as they were in the snapshot.
    counts: dict[str, int]
    database: Digest
    files: Files
    #: Keys of attachments that the database knows and the disk did not have, or not with their bytes.
    lost: tuple[str, ...]
    #: None when the key is not kept in the data folder but given by VAXEL_SECRET_KEY.
    secret_key: Digest | None
    #: Tells one key from another without telling the key.
    key_mark: str
