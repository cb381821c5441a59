"""A customer's file: a ZIP archive with lines of JSON and the attachments, written piece by piece to the disk."""

import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from django.core.serializers.json import DjangoJSONEncoder

from vaxel.domain.people.models import Organisation
from vaxel.domain.privacy.exports import export_path, finish_export, new_key
from vaxel.domain.privacy.models import CustomerExport
from vaxel.domain.tickets.blobs import blob_path
from vaxel.domain.tickets.models import Attachment
from vaxel.insight.transfer.customer_export.parts import Part, attachments_of, parts_of

#: Grows when a reader of the former version would go wrong.
VERSION: Final = 1
FORMAT: Final = "vaxel-customer-export"
_PIECE: Final = 1024 * 1024


def make_export(*, export_id: int, now: datetime) -> None:
    """Write the file that was asked for; a second time, or after a death half-way, begins anew or does nothing."""
    asked = CustomerExport.unscoped.select_related("organisation__desk").filter(pk=export_id)
    export = asked.filter(state=CustomerExport.State.ASKED).first()
    if export is None:
        return
    key = new_key()
    path = export_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    try:
        counts = write_export(export.organisation, half, now=now)
        half.rename(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    finish_export(export, key=key, size=path.stat().st_size, counts=counts, now=now)


def write_export(organisation: Organisation, path: Path, *, now: datetime) -> Mapping[str, int]:
    """Write everything of the organisation to `path`; the number of lines by part."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        counts = {part.name: _write_lines(archive, part) for part in parts_of(organisation)}
        counts["files"] = _write_files(archive, attachments_of(organisation).iterator(chunk_size=500))
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "desk": organisation.desk.slug,
            "prefix": organisation.desk.prefix,
            "organisation": organisation.name,
            "made_at": now,
            "lines": counts,
        }
        archive.writestr("manifest.json", _json(manifest, indent=2) + "\n")
    return counts


def _write_lines(archive: zipfile.ZipFile, part: Part) -> int:
    count = 0
    with archive.open(f"{part.name}.jsonl", "w", force_zip64=True) as out:
        for line in part.lines():
            out.write(f"{_json(line)}\n".encode())
            count += 1
    return count


def _write_files(archive: zipfile.ZipFile, attachments: Iterable[Attachment]) -> int:
    """Under their public ids: two may be named the same, and a name says nothing of a place. Those whose bytes the disk
    has lost are missing; their lines are there.
    """
    count = 0
    for attachment in attachments:
        path = blob_path(attachment.blob.key)
        if path.is_file():
            with path.open("rb") as source, archive.open(f"attachments/{attachment.public_id}", "w") as out:
                _copy(source, out)
            count += 1
    return count


def _copy(source: IO[bytes], out: IO[bytes]) -> None:
    shutil.copyfileobj(source, out, _PIECE)


def _json(value: Any, *, indent: int | None = None) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)
