"""When and where a person looks at the window: every age and local time on it is told from here."""

from datetime import datetime, tzinfo

from msgspec import Struct

from notifier.model.moment import Moment
from notifier.wording import times
from notifier.wording.say import Say


class Glance(Struct, frozen=True):
    """One look: at what moment, in which time zone, in which language."""

    at: Moment
    zone: tzinfo
    say: Say

    def age(self, moment: Moment | None) -> str:
        """How long ago something was seen ("20 s ago"); empty where it never was."""
        return "" if moment is None else times.ago(self.at.since(moment), self.say)

    def time(self, when: datetime | None) -> str:
        """A time on the person's own clock, with the day where it is not today's."""
        return "" if when is None else times.clock(when, self.at.utc, self.zone, self.say)
