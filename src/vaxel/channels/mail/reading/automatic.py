"""Mails that no person wrote to us: nobody must be answered (trust 13)."""

from vaxel.channels.mail.reading.parts import Part


def automatic_kind(mail: Part, text: str) -> str:
    """`out-of-office`, `auto-reply`, `list`, `receipt` …; empty for what a person wrote."""
    return ""
