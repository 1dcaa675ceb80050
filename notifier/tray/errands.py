"""What the program does only when a person first wants it: each part is imported and built then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from notifier.tray import work as working

if TYPE_CHECKING:
    from notifier.model.picture import Picture
    from notifier.model.relay import Relayed
    from notifier.model.service import ServiceKey
    from notifier.model.tried import Tried
    from notifier.tray.connection_test import ConnectionTester
    from notifier.tray.drill import FallbackTester
    from notifier.tray.keys import Keys
    from notifier.tray.program import Program
    from notifier.tray.proof import Prover
    from notifier.tray.scratch import Ranked, Scratch
    from notifier.tray.trial_notice import NoticeTester


class Errands(QObject):
    """The scratch pad, the tests, the proof, and the windows for keys."""

    def __init__(self, program: Program) -> None:
        """Nothing is built yet."""
        super().__init__(program)
        self._program = program
        self._pad: Scratch | None = None
        self._connection: ConnectionTester | None = None
        self._fallbacks: FallbackTester | None = None
        self._prover: Prover | None = None
        self._trials: NoticeTester | None = None
        self._keys: Keys | None = None

    def show_picture(self, picture: Picture) -> None:
        """Show how everything stands in what is open."""
        if self._connection is not None:
            self._connection.show_picture(picture)
        if self._pad is not None:
            self._pad.show_picture(picture)

    def leave(self) -> None:
        """The end has begun: what waits to be kept is kept now."""
        if self._pad is not None:
            self._pad.keep_now()

    # -- the scratch pad -------------------------------------------------------------------

    def open_instead(
        self, url: str, service: ServiceKey | None = None, outage: tuple[str, ...] = ()
    ) -> None:
        """Open an alternative to `service`, with the draft where that may go along."""
        self._scratch().open_instead(url, service, outage)

    def open_pad(self, service: ServiceKey | None) -> None:
        """Open the pad, with what works instead of `service`."""
        self._scratch().open(service)

    def _scratch(self) -> Scratch:
        if self._pad is None:
            from notifier.tray.scratch import Scratch

            program = self._program
            self._pad = Scratch(
                around=program.around,
                picture=program.as_it_stands,
                rank=self._rank,
                find=lambda url: working.service_at(program.work, url),
                rehearsal=working.is_rehearsal(program.work),
            )
        return self._pad

    def _rank(self, service: ServiceKey, then: Callable[[Ranked], None]) -> None:
        around = self._program.around
        self._program.in_loop(
            lambda work: then(working.ranked(work, service, around.now(), around.say))
        )

    # -- what can be tested ----------------------------------------------------------------

    def test_connection(self) -> None:
        """Open *Test my connection*."""
        program = self._program
        if self._connection is None and program.engine_thread is not None:
            from notifier.tray.connection_test import ConnectionTester

            around = program.around
            self._connection = ConnectionTester(
                say=around.say,
                zone=around.zone,
                now=around.now,
                send=program.send,
                thread=program.engine_thread,
                wire=around.wire,
                neutral=lambda: () if program.work is None else working.neutral(program.work),
            )
        if self._connection is not None:
            self._connection.open(program.as_it_stands(), rehearsal=bool(program.caption))

    def test_fallbacks(self) -> None:
        """Open *Test my fallbacks*."""
        program = self._program
        if self._fallbacks is None and program.engine_thread is not None:
            from notifier.tray.drill import FallbackTester

            around = program.around
            self._fallbacks = FallbackTester(
                say=around.say,
                zone=around.zone,
                now=around.now,
                thread=program.engine_thread,
                work=lambda: program.work,
            )
        if self._fallbacks is not None:
            picture = program.picture
            self._fallbacks.open(None if picture is None else picture.fallbacks_tested)

    def try_notice(self) -> None:
        """Open *Test notification*."""
        if (tester := self._tester()) is not None:
            tester.open()

    @Slot(object)
    def send_trial(self, answered: Callable[[Tried], None]) -> None:
        """A command wants a test notification; before there is a ladder nobody takes it."""
        if (tester := self._tester()) is not None:
            tester.send(answered)

    def _tester(self) -> NoticeTester | None:
        program = self._program
        if self._trials is None and program.ladder is not None:
            from notifier.tray.trial_notice import NoticeTester

            say, now = program.around.say, program.around.now
            self._trials = NoticeTester(
                program.ladder,
                say,
                lambda: now().utc,
                self._try_relays,
                rehearsal=bool(program.caption),
            )
        return self._trials

    def _try_relays(self, answered: Callable[[tuple[Relayed, ...]], None]) -> None:
        if self._program.engine_thread is not None:
            self._program.engine_thread.run(working.try_relays(self._program.work, answered))

    # -- proof and keys --------------------------------------------------------------------

    def copy_proof(self, service: ServiceKey) -> None:
        """Put the proof of the last outage of `service` onto the clipboard."""
        program = self._program
        if self._prover is None and program.engine_thread is not None:
            from notifier.tray.proof import Prover

            around = program.around
            self._prover = Prover(
                say=around.say,
                zone=around.zone,
                now=around.now,
                thread=program.engine_thread,
                work=lambda: program.work,
            )
            self._prover.copied.connect(program.proof_copied)
            self._prover.failed.connect(program.say_in_window)
        if self._prover is not None:
            self._prover.copy(service)

    def keys(self) -> Keys | None:
        """What sets and forgets keys in windows of its own; None where nobody keeps any."""
        program = self._program
        desk, thread = program.around.key_desk, program.engine_thread
        if desk is None or thread is None:
            return None
        from notifier.tray.keys import Keys

        self._keys = Keys(
            say=program.around.say,
            thread=thread,
            desk=desk,
            changed=lambda entry: working.key_changed(program.work, entry),
            call=lambda service: working.call(program.work, service),
        )
        return self._keys
