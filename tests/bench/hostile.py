"""What hostile pages cost in memory: a gzip bomb, a body without end, the largest file there is.

usage: python -m tests.bench.hostile

Prints, as one JSON object, the most MiB that were resident before (`before`) and after (`after`)
the program's own fetcher looked at each. The pages are served by another process.
"""

import asyncio
import json
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

from notifier.model.service import FeedSource, ProbeSource, SourceId
from notifier.watch.clock import SystemClock
from notifier.watch.fetch import Fetch
from notifier.watch.wire import MOST, Wire
from tests.bench.pages import large, summary

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"

UNPACKED = 512 * 1024 * 1024
"""Bytes of the bomb, unpacked; half a megabyte on the wire."""

JSON = "Content-Type: application/json\r\n"


def bomb() -> bytes:
    """A gzip body of blanks."""
    pack = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    piece = b" " * (1024 * 1024)
    return b"".join(pack.compress(piece) for _ in range(UNPACKED // len(piece))) + pack.flush()


def largest() -> bytes:
    """The largest file of the corpus, or a page of our own that is nearly too large."""
    files = [path for path in CORPUS.rglob("*") if path.is_file()]
    if files:
        return max(files, key=lambda path: path.stat().st_size).read_bytes()
    page = large(datetime.now(UTC))
    return page + b" " * (MOST - len(page) - 1)


def answers() -> dict[str, tuple[str, bytes]]:
    """The head and body of each hostile page; the body of an endless one is repeated for ever."""
    whole = largest()
    packed = bomb()
    return {
        "ordinary": (f"{JSON}Content-Length: {len(ORDINARY)}\r\n", ORDINARY),
        "bomb": (f"{JSON}Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n", packed),
        "endless": (JSON, b"x" * 65536),
        "largest": (f"{JSON}Content-Length: {len(whole)}\r\n", whole),
    }


ORDINARY = summary(1, datetime.now(UTC))


async def serve() -> None:
    """Listen with one port per page, print the ports, answer for ever."""
    ports = {}
    for name, (head, body) in answers().items():

        async def connected(reader, writer, name=name, head=head, body=body):
            try:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(f"HTTP/1.1 200 OK\r\n{head}Connection: close\r\n\r\n".encode() + body)
                while name == "endless":
                    await writer.drain()
                    writer.write(body)
                await writer.drain()
            except (asyncio.IncompleteReadError, OSError):
                pass  # the other side has had enough
            finally:
                writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        ports[name] = server.sockets[0].getsockname()[1]
    print(json.dumps(ports), flush=True)
    await asyncio.Event().wait()


async def look(ports: dict[str, int]) -> dict[str, float]:
    """Look at the ordinary page, then at each hostile one: as a page, and as a front door."""
    fetch = Fetch(wire=Wire(proxy="none"), clock=SystemClock())
    try:
        await _look(fetch, "ordinary", ports)
        before = _most()
        for name in ("bomb", "endless", "largest"):
            await _look(fetch, name, ports)
    finally:
        await fetch.close()
    return {"before": before, "after": _most()}


async def _look(fetch: Fetch, name: str, ports: dict[str, int]) -> None:
    url = f"http://127.0.0.1:{ports[name]}/"
    page = FeedSource(SourceId(f"page:{name}"), url, "statuspage", name)
    door = ProbeSource(SourceId(f"probe:{name}"), url)
    for source in (page, door):
        looked = await fetch.look(source)
        print(name, type(looked.outcome).__name__, looked.outcome, file=sys.stderr)


def _most() -> float:
    """Of this process alone: what `getrusage` says begins with the memory of its parent."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Serve, or start the server and look at what it serves."""
    if sys.argv[1:] == ["--serve"]:
        asyncio.run(serve())
        return
    command = [sys.executable, "-m", "tests.bench.hostile", "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            ports = json.loads(server.stdout.readline())
            print(json.dumps(asyncio.run(look(ports))))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
