"""Files on their way in go to the disk; when that is full, the rest of the form still arrives (trust 73)."""

import errno
import io
import logging
import os

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

log = logging.getLogger("vaxel.files")


class _NoRoom(io.BytesIO):
    """In place of a file that could not be taken in: whoever reads it is told so."""

    def read(self, size: int | None = -1) -> bytes:  # noqa: ARG002  # a file's signature
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class PatientUploadHandler(FileUploadHandler):
    """As Django's handler for temporary files, but a full disk costs the file and not the words beside it."""

    _file: TemporaryUploadedFile | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Another file of the form begins."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # as Django calls it
        try:
            self._file = TemporaryUploadedFile(
                self.file_name or "", self.content_type or "", 0, self.charset, self.content_type_extra
            )
        except OSError:
            self._give_up()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django's signature
        """Some of its bytes."""
        if self._file is None:
            return
        try:
            self._file.write(raw_data)
        except OSError:
            self._give_up()

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """The file, or one that says that there was no room."""
        file = self._file
        if file is not None:
            try:
                file.seek(0)
            except OSError:
                self._give_up()
            else:
                file.size = file_size
                return file
        return UploadedFile(_NoRoom(), self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """The sender went away."""
        if self._file is not None:
            self._file.close()

    def _give_up(self) -> None:
        log.warning("no room for a file that is sent")
        broken, self._file = self._file, None
        if broken is not None:
            try:
                broken.close()
            except OSError:
                log.warning("a file without room is gone already")
