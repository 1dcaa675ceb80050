"""UPower: whether the computer runs on its battery, all of its supplies considered."""

from notifier.circumstances.system_bus import SystemBus

_PATH = "/org/freedesktop/UPower"


class UPower:
    """Tells at once; the kernel's own files have to be read again and again."""

    name = interface = "org.freedesktop.UPower"
    where = f"path='{_PATH}'"
    facts = ("upower",)

    async def ask(self, bus: SystemBus) -> dict[str, bool | None]:
        """Look at it. Raises Refused, Silent, BusLost."""
        said = await bus.properties(_PATH, self.name, self.interface)
        return {"upower": said.get("OnBattery")}
