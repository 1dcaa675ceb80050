"""Loads Qt for Python without a habit of it that costs us 40 MiB and a third of a second.

Once PySide6 is imported it reads the source of every module imported afterwards, only to see
whether the name PySide6 stands in it, for an optional spelling of methods that we do not use
(`from __feature__ import …`). The sources then stay in `linecache` (measured with 6.11.3: 118,000
lines). Import this before anything else of the tray program; it is given up when PySide6 asks only
for modules that use the feature.
"""

import PySide6.QtCore  # noqa: F401 - its import brings the module below into being

try:
    from shibokensupport import feature
except ImportError:  # another version keeps it elsewhere; then it costs what it costs
    pass
else:
    feature._mod_uses_pyside = lambda _module: False  # noqa: SLF001
