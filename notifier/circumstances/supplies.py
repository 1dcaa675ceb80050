"""The kernel's power supplies (Linux, Documentation/ABI/testing/sysfs-class-power)."""

from pathlib import Path

FOLDER = Path("/sys/class/power_supply")


def discharging(folder: Path = FOLDER) -> bool | None:
    """Whether the computer runs on its battery; None where the kernel says nothing of supplies.

    The battery of a mouse is not its own: `scope` tells. One without any battery is on mains.
    """
    try:
        supplies = sorted(folder.iterdir())
    except OSError:
        return None
    own = [one for one in supplies if _says(one, "scope") != "Device"]
    batteries = [one for one in own if _says(one, "type") in ("Battery", "UPS")]
    lines = [one for one in own if one not in batteries]
    if not batteries or any(_says(one, "online") not in ("", "0") for one in lines):
        return False
    # A full battery under a lamp is not said to discharge; an unplugged mains line is plain.
    unplugged = any(_says(one, "type") == "Mains" for one in lines)
    return unplugged or any(_says(one, "status") == "Discharging" for one in batteries)


def _says(supply: Path, name: str) -> str:
    try:
        return (supply / name).read_text("ascii", "replace").strip()
    except OSError:
        return ""
