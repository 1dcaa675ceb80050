"""Streams as a terminal and a pipe would be."""

import io
import re

ESC = "\x1b"


class Terminal(io.StringIO):
    """A stream that says somebody watches it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        """What was written, without colours and movements."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.getvalue())


class Pipe(io.StringIO):
    """A stream nobody watches."""

    encoding = "utf-8"

    @property
    def lines(self) -> list[str]:
        return self.getvalue().splitlines()


class AsciiPipe(io.TextIOWrapper):
    """A pipe in the C locale."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii")

    @property
    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("ascii")
