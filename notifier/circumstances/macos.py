"""macOS: nothing is sensed yet, so it counts as on mains, unmetered, unlocked, in front."""

from notifier.circumstances import Known, Listener


class MacOS:
    """macOS, of which nothing is asked: IOKit and Network.framework have not been tried."""

    async def known(self) -> Known:
        """Nothing."""
        return Known()

    async def follow(self, listener: Listener) -> None:
        """Nothing is told; a sleep is noticed by the engine's clocks."""
