"""Invoice rows as files for another program: CSV and XLSX with the same columns. Pure.

What people have written never becomes a formula (trust 39): CSV quotes it, XLSX types it as text.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vaxel.domain.smalljobs.invoicing import InvoiceRow
from vaxel.domain.smalljobs.models import Offer
from vaxel.kit.later import later

if TYPE_CHECKING:
    import xlsxwriter
else:
    # For those few who take the rows as a file.
    xlsxwriter = later("xlsxwriter")

#: A cell that begins so is worked out by spreadsheets instead of shown.
_WORKED_OUT: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Makes Excel read the file as UTF-8.
_MARK: Final = "\ufeff"

Cell: TypeAlias = str | int | Decimal


def as_csv(rows: Sequence[InvoiceRow], *, zone: ZoneInfo) -> bytes:
    """Commas between, a point in numbers, dates as 2026-11-20 10:00 at the desk."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_headings())
    for row in rows:
        writer.writerow([_quoted(cell) if isinstance(cell, str) else cell for cell in _cells(row, zone=zone)])
    return (_MARK + out.getvalue()).encode()


def as_xlsx(rows: Sequence[InvoiceRow], *, zone: ZoneInfo) -> bytes:
    """One sheet; minutes and money are numbers, everything else is text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for column, heading in enumerate(_headings()):
            sheet.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(_cells(row, zone=zone)):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell)
                else:
                    sheet.write_number(line, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()


def _headings() -> list[str]:
    return [
        _("Organisation"),
        _("Ticket"),
        _("Subject"),
        _("Work"),
        _("Worked at"),
        _("Who"),
        _("Minutes"),
        _("Per hour"),
        _("Amount without VAT"),
        _("Currency"),
        _("Paid by"),
        _("Approved by"),
        _("Approved at"),
        _("Note"),
    ]


def _cells(row: InvoiceRow, *, zone: ZoneInfo) -> Iterator[Cell]:
    yield from (row.organisation, row.ticket, row.subject, row.what, _at(row.worked_at, zone=zone), row.staff)
    yield from (row.minutes, row.per_hour, row.amount, row.currency)
    yield _("Hours bought ahead") if row.paid_by == Offer.PaidBy.PREPAID else _("Invoice")
    yield from (row.approved_by, _at(row.approved_at, zone=zone))
    yield _("Correction: %(why)s") % {"why": row.note} if row.is_correction else row.note


def _at(instant: datetime | None, *, zone: ZoneInfo) -> str:
    return "" if instant is None else instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _quoted(text: str) -> str:
    return f"'{text}" if text.startswith(_WORKED_OUT) else text
