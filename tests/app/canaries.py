"""Secrets set out to be found again, in every writing, and a host that repeats all it hears."""

import asyncio
import base64
import html
import json
import random
import re
import urllib.parse
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.feeds.bodies import component, event, summary, update

PRINTABLE = [chr(code) for code in range(33, 127)]
AWKWARD = "\"\\&%<>+/='`{}"


def secrets(count: int) -> list[str]:
    """So many keys, each with characters that one writing or other has to escape."""
    chance = random.Random(9)
    return [
        "".join(chance.choices(PRINTABLE, k=18) + chance.sample(list(AWKWARD), 4))
        for _ in range(count)
    ]


def writings(secret: str) -> Iterator[bytes]:
    """A secret as texts, addresses, JSON, Python, HTML, headers and dumps would write it."""
    raw = secret.encode()
    quoted = urllib.parse.quote(secret, safe="")
    small = re.sub("%..", lambda found: found[0].lower(), quoted)
    texts = [secret, quoted, small, urllib.parse.quote(secret)]
    texts += [urllib.parse.quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1]]
    texts += [secret.replace("/", r"\/"), html.escape(secret), raw.hex(), raw.hex().upper()]
    texts += ["".join(f"\\u{ord(one):04x}" for one in secret)]
    texts += ["".join(f"&#{ord(one)};" for one in secret)]
    for before in range(3):
        whole = base64.b64encode(b"x" * before + raw).decode()
        # The characters at both ends carry bits of what stands beside it.
        certain = whole[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        texts += [certain, certain.replace("+", "-").replace("/", "_")]
    yield from dict.fromkeys(text.encode() for text in texts)


class Found:
    """All that was said or written, by where."""

    def __init__(self) -> None:
        self._said: list[tuple[str, bytes]] = []

    def note(self, where: str, said: object) -> None:
        text = said if isinstance(said, bytes) else str(said).encode("utf-8", "replace")
        self._said.append((where, text))

    def folder(self, root: Path) -> None:
        """Every file there, those in archives too, and every name of one."""
        for file in root.rglob("*"):
            self.note(f"name of {file}", str(file))
            if file.is_file() and zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as archive:
                    for name in archive.namelist():
                        self.note(f"{file.name}/{name}", archive.read(name))
            elif file.is_file():
                self.note(str(file.relative_to(root)), file.read_bytes())

    def of(self, known: list[str]) -> list[tuple[str, str]]:
        """Where a secret is found, and which."""
        return [
            (where, secret)
            for secret in known
            for writing in writings(secret)
            for where, said in self._said
            if writing in said
        ]


class Parrot:
    """Hosts on loopback that answer with all they were asked with, each in a way of its own."""

    def __init__(self, stranger: str) -> None:
        self.heard: dict[int, bytes] = {}
        self._stranger = stranger
        self._servers: list[asyncio.Server] = []

    async def listen(self) -> int:
        """One more host; its port."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        for server in self._servers:
            server.close()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = writer.get_extra_info("sockname")[1]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.heard[port] = self.heard.get(port, b"") + head
                writer.write(self._answer(head, port))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, head: bytes, port: int) -> bytes:
        repeated = head.decode("latin-1").replace("\r\n", " ")
        plain = urllib.parse.unquote(repeated)
        if b"summary.json" in head:
            return _reply(200, _page(f"{repeated} {plain}"))
        if b"/feed" in head:
            return _reply(200, _feed(repeated, plain), "Content-Type: application/rss+xml")
        match port % 5:
            case 0:
                return _reply(401, json.dumps({"error": {"message": f"bad: {plain}"}}).encode())
            case 1:
                there = f"http://{self._stranger}/?{urllib.parse.quote(plain)}"
                return _reply(302, plain.encode(), f"Location: {there}")
            case 2:
                return f"HTTP/1.1 200 {plain}\r\nBroken {plain}\r\n\r\n".encode()
            case 3:
                return _reply(500, repeated.encode(), f"Retry-After: {plain}", f"ETag: {plain}")
            case _:
                return _reply(200, html.escape(plain).encode(), f"X-Echo: {repeated}")


def _reply(status: int, body: bytes, *headers: str) -> bytes:
    lines = "\r\n".join((f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers))
    return f"{lines}\r\n\r\n".encode("latin-1", "replace") + body


def _feed(repeated: str, plain: str) -> bytes:
    """A feed with an outage that names the address it was asked at, as many feeds do."""
    link = html.escape(f"http://127.0.0.1/{repeated.split(' ')[1]}")
    item = f"<title>Outage: {html.escape(plain)}</title><link>{link}</link><guid>{link}</guid>"
    item += f"<description>Down: {html.escape(plain)}</description>"
    item += "<pubDate>Mon, 23 Nov 2026 17:41:00 GMT</pubDate>"
    channel = f"<title>Feed {html.escape(plain)}</title><link>{link}</link><item>{item}</item>"
    return f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode()


def _page(text: str) -> bytes:
    """A status page that is down and repeats `text` wherever it may say something."""
    parts = [component("partchat0001", f"Chat {text}", "major_outage")]
    incident = event(
        name=f"Down {text}",
        status="investigating",
        impact="critical",
        components=parts,
        started_at="2026-11-23T17:41:00Z",
        incident_updates=[update("investigating", f"We look {text}", "2026-11-23T17:42:00Z")],
    )
    document = summary(
        page={"id": "loopback0001", "name": f"Parrot {text}", "url": "http://127.0.0.1/"},
        status={"indicator": "critical", "description": text},
        components=parts,
        incidents=[incident],
    )
    return json.dumps(document).encode()
