"""Unpack a compressed body piece by piece, never further than allowed.

httpx would unpack a whole piece at once; a few kilobytes of gzip can hold gigabytes.
"""

import zlib
from collections.abc import AsyncIterator

from pmjobs.errors import FetchError

ACCEPTED = "gzip, deflate"  # sent as Accept-Encoding
_STEP = 1_000_000  # bytes unpacked at a time


async def read_body(
    chunks: AsyncIterator[bytes], *, encoding: str | None, most: int, where: str
) -> bytes:
    """Return the unpacked body.

    Raises FetchError if it is larger than `most` bytes, damaged, or packed in a way that was
    not asked for.
    """
    body = bytearray()
    async for piece in _unpacked(chunks, (encoding or "identity").strip().lower(), where):
        body += piece
        if len(body) > most:
            raise FetchError(
                f"{where}: an answer of more than {most:,} bytes; narrow the board down"
            )
    return bytes(body)


def _unpacked(chunks: AsyncIterator[bytes], encoding: str, where: str) -> AsyncIterator[bytes]:
    if encoding in ("identity", "utf-8"):  # some servers write the character set here
        return chunks
    if encoding in ("gzip", "x-gzip"):
        return _inflated(chunks, zlib.MAX_WBITS | 16, where)
    if encoding == "deflate":
        return _inflated(chunks, zlib.MAX_WBITS, where)
    raise FetchError(f"{where}: packed as {encoding!r}, which we did not ask for; report this host")


async def _inflated(chunks: AsyncIterator[bytes], wbits: int, where: str) -> AsyncIterator[bytes]:
    unpacker = zlib.decompressobj(wbits)
    fed = False
    async for data in chunks:
        full = False  # more output waits inside the unpacker
        while data or full:
            try:
                piece = unpacker.decompress(data, _STEP)
            except zlib.error:
                if wbits == zlib.MAX_WBITS and not fed:  # "deflate" without its zlib header
                    wbits = -zlib.MAX_WBITS
                    unpacker = zlib.decompressobj(wbits)
                    continue
                raise FetchError(
                    f"{where}: the packed answer is damaged; try again later"
                ) from None
            fed = True
            full = len(piece) == _STEP and not unpacker.eof
            yield piece
            data = unpacker.unconsumed_tail
            if unpacker.eof and unpacker.unused_data:  # gzip may come in several members
                data = unpacker.unused_data
                unpacker = zlib.decompressobj(wbits)
    if fed and not unpacker.eof:
        raise FetchError(f"{where}: the answer stops in the middle; try again later")
