"""From the engine's thread to Qt's: signals and nothing else."""

from PySide6.QtCore import QObject, Signal


class Bridge(QObject):
    """Its signals may be emitted from any thread; what they carry is frozen.

    Connect them to `@Slot` methods of QObjects: then every receiver runs in its own thread, whoever
    emits (architecture.md 3.6; Qt queues what comes from another thread).
    """

    shown = Signal(object)
    """A `Picture`: what is to be seen now."""

    told = Signal(object)
    """A `Notice`: what the person is to be told."""

    withdrawn = Signal(object)
    """A `NoticeId`: a notice that is no longer true."""

    summoned = Signal()
    """Somebody asks for the window: a second start."""

    tried = Signal(object)
    """Somebody wants a test notification: what hears, in Qt's thread, the `Tried`."""

    captioned = Signal(str)
    """The caption of a rehearsal: its time and act."""

    stalled = Signal()
    """The work has ended by a defect of ours, and is not begun again yet: nobody looks."""

    slipped = Signal()
    """Something of ours failed; it is in the log, and everything goes on."""

    finished = Signal()
    """There is no more work: the program may end."""
