"""What the desktop offers over its bus: a tray, notifications, a key store."""

import os
import sys
from pathlib import Path

from jeepney import DBusAddress
from jeepney import new_method_call as call

from notifier.doctor.bus import Bus, BusSilent, NoAnswer, NoBus
from notifier.doctor.finding import Finding, Notes
from notifier.doctor.program import has_display
from notifier.wording import doctor as said

_WATCHER = "org.kde.StatusNotifierWatcher"
_ITEMS = "/StatusNotifierWatcher"
_NOTIFIER = "org.freedesktop.Notifications"
_NOTIFICATIONS = DBusAddress("/org/freedesktop/Notifications", _NOTIFIER, _NOTIFIER)
_KEYS = "org.freedesktop.secrets"
_COLLECTION = "org.freedesktop.Secret.Collection"
_USUAL_COLLECTION = "/org/freedesktop/secrets/aliases/default"


def look(notes: Notes, tray: int | None) -> list[Finding]:
    """Ask the session bus; `tray` is the process of our own tray program, where it runs."""
    if sys.platform in ("win32", "darwin"):
        return [notes.unknown(said.NOT_HERE)]
    try:
        with Bus() as bus:
            return [
                notes.ok(said.BUS),
                _tray(notes, bus, tray),
                _notifications(notes, bus),
                _keys(notes, bus),
            ]
    except NoBus:
        note = notes.attention if has_display() else notes.unknown
        return [note(said.NO_BUS)]
    except (BusSilent, NoAnswer) as error:
        return [notes.attention(said.BUS_SILENT, why=str(error))]


def _tray(notes: Notes, bus: Bus, tray: int | None) -> Finding:
    owner = bus.owner(_WATCHER)
    if owner is None:
        return _no_tray(notes)
    host = _program(bus.process(owner))
    try:
        shown = bool(bus.value(_ITEMS, owner, _WATCHER, "IsStatusNotifierHostRegistered"))
        items = list(bus.value(_ITEMS, owner, _WATCHER, "RegisteredStatusNotifierItems"))
    except NoAnswer:
        return notes.attention(said.TRAY_SILENT, host=host)
    if not shown:
        return notes.attention(said.TRAY_NO_HOST, host=host)
    ours = tray is not None and any(bus.process(_name(item)) == tray for item in items)
    if tray is not None and not ours:
        return notes.attention(said.TRAY_WITHOUT_US, host=host)
    count = said.items(len(items), notes.say, ours=ours)
    return notes.ok(said.TRAY_HOST, host=host, items=count)


def _name(item: object) -> str:
    """The name on the bus an item is registered by: with some hosts a path follows it."""
    return str(item).partition("/")[0]


def _no_tray(notes: Notes) -> Finding:
    if not has_display():
        return notes.unknown(said.NO_TRAY)
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    return notes.attention(said.NO_TRAY_GNOME if "gnome" in desktops else said.NO_TRAY)


def _notifications(notes: Notes, bus: Bus) -> Finding:
    owner = bus.owner(_NOTIFIER)
    if owner is None:
        if _NOTIFIER in bus.startable():
            return notes.ok(said.DAEMON_LATER)
        return (notes.attention if has_display() else notes.unknown)(said.NO_DAEMON)
    try:
        name, _, version, _ = bus.ask(call(_NOTIFICATIONS, "GetServerInformation"))
        abilities = bus.ask(call(_NOTIFICATIONS, "GetCapabilities"))[0]
    except (NoAnswer, ValueError):
        pid = bus.process(owner)
        return notes.attention(said.DAEMON_SILENT, host=_program(pid), pid=str(pid or "?"))
    told = said.abilities([str(one) for one in abilities], notes.say)
    return notes.ok(said.DAEMON, name=str(name), version=str(version), abilities=told)


def _keys(notes: Notes, bus: Bus) -> Finding:
    """Whether there is a key store. It is never unlocked for this, and nothing is read."""
    if bus.owner(_KEYS) is None:
        return notes.ok(said.KEYS_LATER if _KEYS in bus.startable() else said.NO_KEYS)
    try:
        locked = bool(bus.value(_USUAL_COLLECTION, _KEYS, _COLLECTION, "Locked"))
    except NoAnswer:
        return notes.ok(said.KEYS_THERE)
    return notes.ok(said.KEYS_LOCKED if locked else said.KEYS)


def _program(pid: int | None) -> str:
    """What a process is called; its number where that cannot be seen."""
    try:
        return Path(f"/proc/{pid}/comm").read_text("utf-8", "replace").strip() or str(pid)
    except OSError:
        return "?" if pid is None else str(pid)
