"""A body as it comes in, unpacked and bounded: no answer can make us take in more than we want."""

import zlib
from collections.abc import AsyncIterable

_UNPACKED = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip"})

_PIECE = 256 * 1024
"""Bytes unpacked at a time: one packet of 64 KiB may hold 64 MiB."""

_MOST_PIECES = 100_000
"""Chunks of one body. Each costs 10 µs, however small: four million of them would cost 40 s."""

_GZIP = 16 + zlib.MAX_WBITS


class TooLarge(Exception):
    """More came than was wanted."""


class TooScattered(Exception):
    """It came in more pieces than any honest answer is sent in."""


class Undecodable(Exception):
    """The body is not packed the way it says, or in a way nobody asked for."""


class BrokenOff(Exception):
    """The packed body ends before its own end."""


async def read(chunks: AsyncIterable[bytes], encoding: str, most: int) -> bytes:
    """All of a body, unpacked, at most `most` bytes.

    Raises:
        TooLarge, TooScattered, Undecodable, BrokenOff, and whatever `chunks` raises.
    """
    taken = _taking(encoding, most)
    pieces = 0
    async for chunk in chunks:
        pieces += 1
        if pieces > _MOST_PIECES:
            raise TooScattered
        taken.take(chunk)
    return taken.whole()


async def beginning(chunks: AsyncIterable[bytes], encoding: str, most: int) -> bytes:
    """The first `most` bytes of a body, for answers that count whatever their body says.

    One that cannot be unpacked is empty.
    """
    try:
        taken = _taking(encoding, most)
        async for chunk in chunks:
            taken.take(chunk)
        return taken.whole()
    except TooLarge:
        return taken.so_far()
    except (Undecodable, BrokenOff):
        return b""


def _taking(encoding: str, most: int) -> "_Plain":
    word = encoding.strip().lower()
    if word in _UNPACKED:
        return _Plain(most)
    if word in _PACKED:
        return _Unpacking(most)
    raise Undecodable


class _Plain:
    """Takes a body in as it is."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._got = bytearray()

    def take(self, chunk: bytes) -> None:
        """Take in the next piece; raises TooLarge."""
        self._got += chunk[: self._most - len(self._got) + 1]
        if len(self._got) > self._most:
            raise TooLarge

    def so_far(self) -> bytes:
        """What has come, cut at what was wanted."""
        return bytes(self._got[: self._most])

    def whole(self) -> bytes:
        """What has come, now that no more will; raises BrokenOff."""
        return bytes(self._got)


class _Unpacking(_Plain):
    """Takes a gzip body in (RFC 1952), piece by piece: a bomb is seen at its first megabytes."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._unpack = zlib.decompressobj(_GZIP)
        self._begun = False

    def take(self, chunk: bytes) -> None:
        """Unpack the next piece; what follows the end of the packed body does not count."""
        try:
            while chunk and not self._unpack.eof:
                self._begun = True
                super().take(self._unpack.decompress(chunk, _PIECE))
                chunk = self._unpack.unconsumed_tail
        except zlib.error:
            raise Undecodable from None

    def whole(self) -> bytes:
        """What was packed; an empty answer is empty, packed or not."""
        self.take_rest()
        if self._begun and not self._unpack.eof:
            raise BrokenOff
        return super().whole()

    def take_rest(self) -> None:
        """Take what was unpacked but did not fit the last piece: a few bytes."""
        try:
            super().take(self._unpack.flush())
        except zlib.error:
            raise Undecodable from None
