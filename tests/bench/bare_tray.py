"""The least a tray program of this kind can be: an icon, asyncio in a thread, one httpx client.

usage: python -m tests.bench.bare_tray CA URL... [--every SECONDS]

It shows its icon and then asks for each URL once; with `--every` again and again, so that the bench
can be tried on itself. As in AI Notifier, httpx is imported after the icon shows, and is kept from
importing rich, click and pygments, which it needs for a command of its own alone.
"""

import asyncio
import signal
import ssl
import sys
import threading

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon


async def ask(authority, urls, every):
    """One GET each, over one client; then wait, or begin again."""
    sys.modules["click"] = None  # importing it now fails, and httpx goes on without
    import httpx

    context = ssl.create_default_context(cafile=authority)
    async with httpx.AsyncClient(verify=context, trust_env=False) as client:
        while True:
            for url in urls:
                (await client.get(url)).raise_for_status()
            await asyncio.sleep(every or 3600)


def main():
    """Run until ended by a signal."""
    authority, *urls = sys.argv[1:]
    every = 0.0
    if "--every" in urls:
        every = float(urls.pop())
        urls.pop()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("bare-tray")
    app.setQuitOnLastWindowClosed(False)
    pixmap = QPixmap(22, 22)
    pixmap.fill(QColor("#26a269"))
    menu = QMenu()
    menu.addAction("Quit").triggered.connect(app.quit)
    icon = QSystemTrayIcon(QIcon(pixmap))
    icon.setContextMenu(menu)
    icon.setToolTip("bare")
    icon.show()
    loop = threading.Thread(target=lambda: asyncio.run(ask(authority, urls, every)), daemon=True)
    loop.start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
