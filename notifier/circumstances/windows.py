"""Windows: nothing is sensed yet, so it counts as on mains, unmetered, unlocked, in front."""

from notifier.circumstances import Known, Listener


class Windows:
    """Windows, of which nothing is asked: its power, cost and session APIs have not been tried."""

    async def known(self) -> Known:
        """Nothing."""
        return Known()

    async def follow(self, listener: Listener) -> None:
        """Nothing is told; a sleep is noticed by the engine's clocks."""
