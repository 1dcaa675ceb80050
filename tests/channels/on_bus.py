"""Who is on a bus: asked until somebody is."""

import time

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def await_name(address: str, name: str, within: float = 20.0) -> None:
    """Wait until somebody owns `name` on the bus at `address`."""
    end = time.monotonic() + within
    with open_dbus_connection(address) as bus:
        question = new_method_call(_BUS, "NameHasOwner", "s", (name,))
        while not bus.send_and_get_reply(question, timeout=5).body[0]:
            assert time.monotonic() < end, f"nobody has come for {name}"
            time.sleep(0.02)
