"""logind, NetworkManager and UPower for tests, on a real bus: they change, hang, end, come back."""

import threading
from collections.abc import Callable
from typing import Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

Method = Callable[..., tuple[str, tuple[Any, ...]] | None]
"""What a method answers: signature and body; None where there is no such thing."""

_SIGNATURES = {bool: "b", int: "u", str: "o"}


class Service:
    """Owns `name` while it is entered. `objects` are property by property of each path."""

    def __init__(self, address: str, name: str, **methods: Method) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.awake = threading.Event()
        """Cleared, it answers nothing; what was asked meanwhile is never answered."""
        self.awake.set()
        self.babbles = False
        """It answers everything with nonsense."""
        self._address, self._name, self._methods = address, name, methods

    def __enter__(self) -> Self:
        self._over = threading.Event()
        self._bus = open_dbus_connection(self._address)
        self._bus.send_and_get_reply(message_bus.RequestName(self._name), timeout=10)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._bus.close()

    def says(self, path: str, interface: str, **changes: Any) -> None:
        """Another value, and the signal of it."""
        self.objects[path].update(changes)
        on = DBusAddress(path, interface="org.freedesktop.DBus.Properties")
        body = (interface, _variants(changes), [])
        self._bus.send(new_signal(on, "PropertiesChanged", "sa{sv}as", body))

    def calls(self, path: str, interface: str, member: str, signature: str, *body: Any) -> None:
        """Send another signal."""
        on = DBusAddress(path, interface=interface)
        self._bus.send(new_signal(on, member, signature, body))

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                message = self._bus.receive(timeout=0.02)
            except TimeoutError:
                continue
            except OSError:
                return  # the bus has ended
            if message.header.message_type is MessageType.method_call and self.awake.is_set():
                self._answer(message)

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        member, path = fields[HeaderFields.member], fields[HeaderFields.path]
        self.asked.append(member)
        answer = None
        if self.babbles:
            answer = ("s", ("lorem ipsum",))
        elif member == "GetAll" and path in self.objects:
            answer = ("a{sv}", (_variants(self.objects[path]),))
        elif member in self._methods:
            answer = self._methods[member](*message.body)
        if answer is None:
            self._bus.send(new_error(message, "test.Error.No"))
        else:
            self._bus.send(new_method_return(message, *answer))


def _variants(values: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    return {
        key: ("(so)", value) if isinstance(value, tuple) else (_SIGNATURES[type(value)], value)
        for key, value in values.items()
    }


SESSION = "/org/freedesktop/login1/session/_32"
SESSION_INTERFACE = "org.freedesktop.login1.Session"
MANAGER, MANAGER_INTERFACE = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
USER = "/org/freedesktop/login1/user/self"
NETWORK, NETWORK_INTERFACE = "/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager"
POWER, POWER_INTERFACE = "/org/freedesktop/UPower", "org.freedesktop.UPower"


def logind(address: str, *, session: str = "2", by_pid: bool = False) -> Service:
    """It knows one session, by its name and perhaps by the process."""

    def named(name: str) -> tuple[str, tuple[str]] | None:
        return ("o", (SESSION,)) if name == session else None

    def of_process(_pid: int) -> tuple[str, tuple[str]] | None:
        return ("o", (SESSION,)) if by_pid else None

    one = Service(address, "org.freedesktop.login1", GetSession=named, GetSessionByPID=of_process)
    one.objects[SESSION] = {"Active": True, "LockedHint": False}
    return one


def network_manager(address: str, metered: int = 4) -> Service:
    """It is connected, and guesses that the link costs nothing."""
    one = Service(address, NETWORK_INTERFACE)
    way = f"{NETWORK}/ActiveConnection/1"
    one.objects[NETWORK] = {"Metered": metered, "PrimaryConnection": way, "State": 70}
    return one


def upower(address: str, *, on_battery: bool = False) -> Service:
    """It tells of a battery."""
    one = Service(address, POWER_INTERFACE)
    one.objects[POWER] = {"OnBattery": on_battery}
    return one
