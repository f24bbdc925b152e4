"""The MIME form of our e-mails, written by hand: it is always the same, and the library's builder takes ten times as long.

Everything is seven bits wide, so that any mail server on the way passes it on unchanged.
"""

import binascii
import re
from collections.abc import Mapping
from email.header import Header
from email.utils import quote

_CRLF = "\r\n"

# Not all white space: the no-break spaces of French typography stay.
_ONE_LINE = re.compile(r"[\r\n\t\v\f]+")

# Quoted-printable never produces an equals sign followed by an underscore, so no line of a part looks like this.
_BOUNDARY = "=_entente_parts"


def words_of_header(text: str) -> str:
    """Free text as a header carries it: one line, encoded where it is not ASCII (RFC 2047)."""
    line = _ONE_LINE.sub(" ", text)
    return Header(line, None if line.isascii() else "utf-8").encode(linesep=_CRLF)


def address(name: str, email: str) -> str:
    """A mailbox with the name of whom it belongs to."""
    line = _ONE_LINE.sub(" ", name).strip()
    if not line:
        return email
    shown = f'"{quote(line)}"' if line.isascii() else Header(line, "utf-8").encode(linesep=_CRLF)
    return f"{shown} <{email}>"


def alternatives(headers: Mapping[str, str], text: str, html: str) -> bytes:
    """One e-mail with the same content twice; the reader's program shows the last form that it can."""
    lines = [f"{name}: {value}" for name, value in headers.items()]
    lines += ["MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"', ""]
    for subtype, content in (("plain", text), ("html", html)):
        lines += [
            f"--{_BOUNDARY}",
            f'Content-Type: text/{subtype}; charset="utf-8"',
            "Content-Transfer-Encoding: quoted-printable",
            "",
            _quoted_printable(content),
        ]
    lines += [f"--{_BOUNDARY}--", ""]
    return _CRLF.join(lines).encode("ascii")


def _quoted_printable(content: str) -> str:
    return binascii.b2a_qp(content.replace("\n", _CRLF).encode(), istext=True).decode("ascii")
