"""Mails for the reader's tests, made of what matters in each."""

from vaxel.channels.mail.reading import read
from vaxel.kit.mail import Mail

HEAD = "From: Eva Ek <eva@kund.example>\r\nTo: support@leverantor.example\r\nSubject: Fel i rapporten\r\n"


def plain(text: str) -> bytes:
    """A mail of one plain text."""
    return f'{HEAD}Content-Type: text/plain; charset="utf-8"\r\n\r\n{text}'.encode()


def html(markup: str) -> bytes:
    """A mail of HTML alone."""
    return f'{HEAD}Content-Type: text/html; charset="utf-8"\r\n\r\n{markup}'.encode()


def multipart(*parts: str, kind: str = "mixed", head: str = HEAD) -> bytes:
    """A mail of several parts, each with its own headers."""
    body = "".join(f"--=_del\r\n{part}\r\n" for part in parts)
    kept = f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="=_del"\r\n\r\n'
    return f"{kept}{body}--=_del--\r\n".encode()


def headed(*headers: str, body: str = "Hej\r\n") -> Mail:
    """Read a mail of these headers, as they stand."""
    return read("\r\n".join((*headers, "", body)).encode())


def file_part(name: str, *, content_type: str = "application/pdf", content: str = "JVBERi0=") -> str:
    """An attachment in Base64."""
    return (
        f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n{content}'
    )
