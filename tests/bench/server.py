"""Status pages on loopback, over TLS or without, each a host of its own by its port.

usage: python -m tests.bench.server FOLDER [--pages N] [--secure] [--restless]

A process of its own, so that what it costs is not counted as the program's. It writes its
throw-away authority to FOLDER/ca.pem and prints one JSON line when it listens: `ca`, `ports`,
`counts`. Whoever connects to the port `counts` is told, as a JSON list, how often each page was
asked for. With `--secure` it speaks TLS; with `--restless` every answer is another document than
the one before.
"""

import argparse
import asyncio
import hashlib
import json
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import trustme

from tests.bench.pages import summary

PAGES = 30
PATH = "/api/v2/summary.json"
QUIET = b"All Systems Operational"


@dataclass
class Page:
    """One host: its document, and how often it was asked for."""

    body: bytes
    asked: int = 0
    restless: bool = False

    def answer(self, path: str, headers: dict[str, str]) -> bytes:
        """A whole HTTP answer; an unchanged document is answered with 304."""
        if path.partition("?")[0] != PATH:
            return reply("404 Not Found", b"not here", "text/plain")
        self.asked += 1
        body = self._now()
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
        if headers.get("if-none-match") == etag:
            return reply("304 Not Modified", b"", None, etag)
        return reply("200 OK", body, "application/json; charset=utf-8", etag)

    def _now(self) -> bytes:
        """The document as it is at this request."""
        return (
            self.body.replace(QUIET, b"%s (%d)" % (QUIET, self.asked))
            if self.restless
            else self.body
        )


def reply(status: str, body: bytes, kind: str | None, etag: str | None = None) -> bytes:
    """Status line, headers, body."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Cache-Control: max-age=0"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"ETag: {etag}"] if etag else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def serve(page: Page, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one connection's requests until it is closed."""
    try:
        while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
            first, *rest = head.strip().split("\r\n")
            pairs = (line.partition(":") for line in rest)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            writer.write(page.answer(first.split()[1], headers))
            await writer.drain()
    except (asyncio.IncompleteReadError, OSError):
        pass  # the other side has gone, as it may
    finally:
        writer.close()


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's context for 127.0.0.1; the authority is left in FOLDER/ca.pem."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


async def main(told: argparse.Namespace) -> None:
    """Listen, say where, serve for ever."""
    context = certificate(told.folder)
    secure = context if told.secure else None
    now = datetime.now(UTC)
    pages = [Page(summary(number, now), restless=told.restless) for number in range(told.pages)]
    ports = []
    for page in pages:

        async def connected(reader, writer, page=page):
            await serve(page, reader, writer)

        server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=secure)
        ports.append(server.sockets[0].getsockname()[1])

    async def tell(_, writer):
        writer.write(json.dumps([page.asked for page in pages]).encode())
        writer.close()

    counter = await asyncio.start_server(tell, "127.0.0.1", 0)
    where = {"ca": str(told.folder / "ca.pem"), "ports": ports}
    where["counts"] = counter.sockets[0].getsockname()[1]
    print(json.dumps(where), flush=True)
    await counter.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="server")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--secure", action="store_true")
    parser.add_argument("--restless", action="store_true")
    asyncio.run(main(parser.parse_args()))
