"""Where and when a notice is read: what its words depend on beside what they say."""

from datetime import datetime, tzinfo

from msgspec import Struct


class Setting(Struct, frozen=True):
    """The person's time and zone, and whether their network is fine.

    `ground` is the name of what all services of a notice stand on, where that is the cause.
    """

    at: datetime
    zone: tzinfo
    online: bool
    ground: str = ""
