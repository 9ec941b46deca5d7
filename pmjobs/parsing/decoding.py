"""The text of files that people saved, whatever program wrote them.

A mark at the start says UTF-16 or UTF-8; a file without one is UTF-8 if it can be, else
Windows-1252, as Windows programs write. Pages name their characters themselves: see `pages`.
"""

import codecs
from collections.abc import Iterable

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# No text holds more of what is no letter and no blank: random bytes hold five times as much.
MOST_UNREADABLE = 0.02
_UNREADABLE = dict.fromkeys([*range(9), *range(14, 27), *range(28, 32), 127, 0xFFFD])


def encoding_of(pieces: Iterable[bytes]) -> str:
    """Return the name of the encoding of a text that comes in `pieces`, the first not too short.

    >>> encoding_of(["£4.5m".encode("cp1252")]), encoding_of(["£4.5m".encode("utf-16")])
    ('cp1252', 'utf-16')
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for number, piece in enumerate(pieces):
            if number == 0 and piece.startswith(_UTF16):
                return "utf-16"
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def decoded(data: bytes) -> str | None:
    """Return the text that `data` is, without its mark, or None if it is no text.

    >>> decoded("\\ufeffBudget: £4.5m".encode("utf-8")), decoded(b"PNG\\x00\\x00")
    ('Budget: £4.5m', None)
    """
    text = data.decode(encoding_of([data]), errors="replace")
    return text if is_text(text) else None


def is_text(text: str) -> bool:
    """Whether what was decoded can be a text: no NUL, and hardly a character without meaning."""
    n_unreadable = len(text) - len(text.translate(_UNREADABLE))
    return "\0" not in text and n_unreadable <= MOST_UNREADABLE * len(text)


def foreign(start: bytes) -> str | None:
    """Return what to do with a file that begins like an old Word file, RTF or a picture, or None.

    >>> foreign(b"GIF89a")
    'a picture; pmjobs reads no text in pictures, export the text'
    """
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return (
            "a password-protected or old Word file (.doc); open it and save it as .docx without a "
            "password"
        )
    if start.lstrip().startswith(b"{\\rtf"):
        return "an RTF file; open it and save it as .docx or PDF"
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        return "a picture; pmjobs reads no text in pictures, export the text"
    return None
