"""An audience that remembers everything."""

from dataclasses import dataclass, field

from notifier.model.announcement import Notice, Withheld
from notifier.model.effect import Withdraw
from notifier.model.picture import Picture
from notifier.rehearsal.play import Outcome


@dataclass
class Watched:
    """What was told (when, why, in which words), and the last time of each silence."""

    outcome: Outcome = field(default_factory=Outcome)
    told: list[tuple[float, str, str]] = field(default_factory=list)
    silences: dict[str, float] = field(default_factory=dict)
    lamps: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    pictures: list[tuple[float, Picture]] = field(default_factory=list)

    def notice(self, t: float, notice: Notice) -> None:
        self.notices.append(notice)
        self.told.append((t, notice.reason.value, notice.title))

    def withheld(self, t: float, withheld: Withheld) -> None:
        self.silences[withheld.reason.value] = t

    def closed(self, t: float, gone: Withdraw) -> None:
        self.withdrawn.append(gone.notice)

    def picture(self, t: float, picture: Picture) -> None:
        self.pictures.append((t, picture))
        if self.lamps[-1:] != [picture.lamp.value]:
            self.lamps.append(picture.lamp.value)

    def caption(self, t: float, text: str) -> None:
        pass

    def picture_at(self, t: float) -> Picture:
        """The last one shown by `t`."""
        return next(picture for shown, picture in reversed(self.pictures) if shown <= t)

    @property
    def reasons(self) -> list[str]:
        return [reason for _, reason, _ in self.told]
