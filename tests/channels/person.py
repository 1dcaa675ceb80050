"""A person with a desktop: the channel, what it answered for each notice, and what was pressed."""

from notifier.channels import Outcome, Undeliverable
from notifier.channels.freedesktop import Freedesktop
from notifier.desktop.lamps import portrait
from notifier.model.announcement import Action, Notice, NoticeId


class Person:
    """Sends notices and waits for what becomes of them."""

    def __init__(self, qtbot, earlier: dict[NoticeId, str] | None = None) -> None:
        self.qtbot = qtbot
        self.outcomes: dict[NoticeId, Outcome] = {}
        self.pressed: list[tuple[NoticeId, Action]] = []
        self.appeared = 0
        self.channel = Freedesktop("Details", earlier, portray=portrait)
        self.channel.pressed.connect(lambda *press: self.pressed.append(press))
        self.channel.appeared.connect(self._count)

    def _count(self) -> None:
        self.appeared += 1

    def send(self, notice: Notice) -> None:
        self.outcomes.pop(notice.id, None)
        self.channel.deliver(notice, lambda outcome: self.outcomes.update({notice.id: outcome}))

    def told(self, notice: Notice) -> str:
        """Send it and have it delivered; the handle."""
        self.send(notice)
        self.qtbot.waitUntil(lambda: notice.id in self.outcomes)
        outcome = self.outcomes[notice.id]
        assert isinstance(outcome, str), f"not delivered: {outcome}"
        return outcome

    def untold(self, notice: Notice) -> str:
        """Send it in vain; why."""
        self.send(notice)
        self.qtbot.waitUntil(lambda: notice.id in self.outcomes, timeout=10_000)
        outcome = self.outcomes[notice.id]
        assert isinstance(outcome, Undeliverable)
        return str(outcome)
