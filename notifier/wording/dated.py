"""Times in a text that outlives its day: whose day, and by whose clock, is never left open."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from notifier.wording.say import Say
from notifier.wording.times import clock, date


@dataclass(frozen=True, slots=True)
class Dated:
    """The times of one text. `first` is the day that need not be told again.

    With `offsets` each says how far it is ahead of UTC, for clocks were set meanwhile.
    """

    first: datetime
    zone: tzinfo
    say: Say
    offsets: bool = False

    def time(self, at: datetime) -> str:
        """A time, with the day where that is another one ("24 Nov 00:52")."""
        time = clock(at, self.first, self.zone, self.say)
        if not self.offsets:
            return time
        return self.say("{time} {offset}", time=time, offset=offset(at, self.zone, self.say))

    def whole(self, at: datetime) -> str:
        """A time with day and year ("23 Nov 2026 23:41")."""
        year = at.astimezone(self.zone).year
        time = self.time(at).removeprefix(date(at, self.zone, self.say)).lstrip()
        day = date(at, self.zone, self.say)
        return self.say("{day} {year} {time}", day=day, year=str(year), time=time)


def dated(first: datetime, last: datetime, zone: tzinfo, say: Say) -> Dated:
    """Times between `first` and `last`, by the person's own clock."""
    turned = first.astimezone(zone).utcoffset() != last.astimezone(zone).utcoffset()
    return Dated(first, zone, say, turned)


def offset(at: datetime, zone: tzinfo, say: Say) -> str:
    """How far local time was ahead of UTC then: "UTC+02:00"."""
    ahead = at.astimezone(zone).utcoffset() or timedelta(0)
    minutes = abs(ahead) // timedelta(minutes=1)
    sign = "-" if ahead < timedelta(0) else "+"
    return say("UTC{ahead}", ahead=f"{sign}{minutes // 60:02}:{minutes % 60:02}")
