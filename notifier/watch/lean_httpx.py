"""httpx without its command line: whoever needs httpx imports it from here, and nowhere else.

from notifier.watch.lean_httpx import httpx
"""

import logging
import sys

# `import httpx` also imports its command line, and with it rich, click and pygments where they are
# installed: 20 MiB and a tenth of a second in a tray program that has no use for them. httpx goes
# without when that module cannot be imported (httpx 0.28, `httpx/__init__.py`). Until httpx stops.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

# At each step of a request httpcore asks a library which event loop runs (`import sniffio`), and
# where that is not installed Python looks for it in vain on its whole path, every time: a fifth of
# what a look costs (measured). Without it httpcore takes asyncio for granted, as we do (httpcore
# 1.0, `_synchronization.py`). Until httpcore looks for it once.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

import httpx  # noqa: E402 - only now

# At INFO they print whole addresses, and the query of one may be a key.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

__all__ = ["httpx"]
