"""Settings for another computer: all a person chose, without what is a secret or may be one.

Only what this version knows is written, each value by its own rule: texts and comments of a
person's own may hold anything. A part of an address that may be a token becomes `{key}`, which is
asked for over there. What does not go along is named, never repeated. The form is that of
settings.toml, with a table of its own at the head:

    version = 1

    [export]
    format = "ai-notifier settings"
    version = 1
    keys = ["campus-llm"]            # names of keys that were kept here
    left_out = ["…"]                 # what did not go along, in sentences
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notifier.model.address import KEY_PLACE
from notifier.storage.redaction import a_token, redacted
from notifier.storage.settings_address import Address
from notifier.storage.settings_check import VERSION, check
from notifier.storage.settings_file import SettingsUnreadable
from notifier.storage.settings_value import Wrong, key_name
from notifier.storage.toml_outline import Outline
from notifier.storage.toml_text import toml

HEAD = "export"
FORMAT = "ai-notifier settings"
FORMAT_VERSION = 1

_COMMENT = """\
# Settings of AI Notifier, without keys and other secrets.
# On another computer: notifier import THIS-FILE

"""


@dataclass(frozen=True, slots=True)
class Exported:
    """Settings that may be given away: as data and as text, with what they are without."""

    data: Mapping[str, Any]
    text: str
    left_out: tuple[str, ...]


def exported(settings: Mapping[str, Any]) -> Exported:
    """`settings`, as TOML has them, without secrets."""
    out = _Out()
    data = _whole(_without(out.table(settings, _TOP, ""), out))
    data.pop("version", None)
    head: dict[str, Any] = {"format": FORMAT, "version": FORMAT_VERSION}
    head |= {"keys": list(keys)} if (keys := names_kept(settings)) else {}
    head |= {"left_out": list(out.said)} if out.said else {}
    text = _COMMENT + toml({"version": VERSION, HEAD: head, **data})
    return Exported({"version": VERSION, **data}, text, tuple(out.said))


def checked(name: str, settings: Mapping[str, Any], lines: Outline) -> Exported:
    """The same, of a file called `name`, if another computer would take it in.

    Raises:
        SettingsUnreadable: it would not; with the line that is wrong.
    """
    out = exported(settings)
    complaints = check(name, out.data, lines, Path())[1]
    if complaints:
        raise SettingsUnreadable(f"{complaints[0]} Correct that, then export.")
    return out


def names_kept(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the keys that are kept, as settings say."""
    keys = settings.get("keys")
    kept = keys.get("kept") if isinstance(keys, dict) else None
    return tuple(one for one in kept if is_name(one)) if isinstance(kept, list) else ()


def is_name(raw: object) -> bool:
    """Whether it may be the name of something in the key store, and surely is no key."""
    try:
        key_name(raw.removeprefix("push:") if isinstance(raw, str) else raw)
    except Wrong:
        return False
    return True


# ------------------------------------------------------------------------------ what goes along


@dataclass(slots=True)
class _Out:
    """What is written so far: the sentences about what is not, and the secrets met on the way."""

    said: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def table(self, raw: Mapping[str, Any], rules: Mapping[str, Any], where: str) -> dict[str, Any]:
        """One table by its rules; what no rule names stays here."""
        kept: dict[str, Any] = {}
        for name, value in raw.items():
            rule = rules.get(name)
            if rule is None:
                shown = name if redacted(name) == name and not a_token(name) else "…"
                self.say(where, f"“{shown}” is not known to this version; it is left out")
            elif (one := self._one(value, rule, _within(where, name))) is not None:
                kept[name] = one
        return kept

    def say(self, where: str, what: str) -> None:
        """That something does not go along."""
        self.said.append(f"{where}: {what}." if where else f"{what}.")

    def _one(self, value: Any, rule: Any, where: str) -> Any:
        match value, rule:
            case dict(), dict():
                return self.table(value, rule, where) or None
            case list(), [entry_rule]:
                said = [self._one(one, entry_rule, _named(where, one)) for one in value]
                return [one for one in said if one is not None]
            case _ if callable(rule):
                return rule(value, where, self)
            case _:
                self.say(where, "it is written in another form than this version knows")
                return None


def _within(where: str, name: str) -> str:
    return f"{where}, “{name}”" if where else f"[{name}]"


def _named(where: str, entry: object) -> str:
    """Where an entry of a list stands: by its id or name, if it has one."""
    name = entry.get("id", entry.get("name")) if isinstance(entry, dict) else None
    shown = isinstance(name, str) and redacted(name) == name
    return f"{where.strip('[]')} “{name}”" if shown else where


_Rule = Callable[[Any, str, _Out], Any]


def _plain(value: Any, where: str, out: _Out) -> Any:
    """Words, numbers and texts; a text of which a part has the shape of a key stays here."""
    if isinstance(value, str) and redacted(value) != value:
        out.gone.add(value)
        out.say(where, "it looks like a secret and is left out")
        return None
    return value


def _nothing(value: Any, where: str, out: _Out) -> Any:
    """What belongs to this computer, and is named elsewhere."""
    del value, where, out


def _key(value: Any, where: str, out: _Out) -> Any:
    """The name of a key; people put the key itself there."""
    if is_name(value):
        return value
    out.gone.add(str(value))
    out.say(where, "it is not the name of a key and is left out")
    return None


def _secret(value: Any, where: str, out: _Out) -> Any:
    """What should not stand in settings at all."""
    out.gone.add(str(value))
    out.say(where, "it is a secret and is left out")


def _command(value: Any, where: str, out: _Out) -> Any:
    """A program, whose arguments nobody here can judge."""
    if isinstance(value, list) and len(value) == 1:
        return [one for one in value if _plain(one, where, out) is not None]
    out.gone |= {one for one in value if isinstance(one, str) and a_token(one)}
    out.say(where, "its arguments may hold a secret, so the hook is left out; write it anew there")
    return None


def _link(value: Any, where: str, out: _Out) -> Any:
    """An address that is opened, or asked without a key: nothing of it may be a secret."""
    parts = Address.of(value)
    if parts is None:
        return _plain(value, where, out)
    out.gone |= parts.secrets
    if parts.doubtful or parts.cut:
        out.say(where, "what may be a secret is cut off its address")
    return parts.bare()


def _keyed(value: Any, where: str, out: _Out) -> Any:
    """An address of a page or a front door: there a key can be put in where it belongs."""
    parts = Address.of(value)
    if parts is None:
        return _plain(value, where, out)
    out.gone |= parts.secrets
    if parts.cut:
        out.say(where, "what may be a secret is cut off its address")
    if not parts.doubtful:
        return parts.bare()
    if len(parts.doubtful) > 1 or KEY_PLACE in value:
        out.say(where, "several parts of its address may be secrets, so it is left out")
        return None
    out.say(where, f"a part of its address may be a secret; {KEY_PLACE} stands in its place")
    return parts.with_key()


def _proxy(value: Any, where: str, out: _Out) -> Any:
    """A proxy, without name and password."""
    return _link(value, where, out) if "://" in str(value) else _plain(value, where, out)


_SERVICE: Mapping[str, Any] = {
    **dict.fromkeys(("id", "label", "name", "engine", "notify", "status_auth"), _plain),
    **{name: [_plain] for name in ("can", "parts", "fallbacks", "runs_on")},
    "home": _link,
    "status": _keyed,
    "probe": {"url": _keyed, "auth": _plain, "key": _key},
}

_QUIET = {"from": _plain, "to": _plain, "days": [_plain], "allow": _plain}

_TOP: Mapping[str, Any] = {
    "version": _plain,
    "polling": {"interval": _plain},
    "notify": {
        **dict.fromkeys(("level", "sound", "updates", "repeat", "ceiling"), _plain),
        "quiet": [_QUIET],
    },
    "network": {"proxy": _proxy, "ca": _plain, "references": [_link]},
    "service": [_SERVICE],
    "keys": _nothing,
    "fallbacks": {"allow": [_plain], "accounts": [_plain]},
    "status_file": {"path": _plain},
    "catalogue": {"url": _link, "keys": [_plain]},
    "push": [{"name": _key, "reasons": [_plain], "address": _secret, "url": _secret}],
    "hook": [{"run": _command, "timeout": _plain, "reasons": [_plain]}],
}
"""What goes along, and by which rule: a table of them, a list of one, or one for a value."""


# ------------------------------------------------------------------------------- the second net

_LEAST = 6
_LEAST_OF_A_WORD = 12
"""Characters of a secret that is looked for elsewhere: a shorter one may be an ordinary word."""


def _is_rare(text: str) -> bool:
    return len(text) >= (_LEAST_OF_A_WORD if text.isalpha() and text.islower() else _LEAST)


def _without(data: dict[str, Any], out: _Out) -> dict[str, Any]:
    """`data` without texts that repeat a secret met anywhere in the settings."""
    gone = tuple(filter(_is_rare, out.gone))

    def clean(value: Any, where: str) -> Any:
        match value:
            case dict():
                named = {name: clean(one, _within(where, name)) for name, one in value.items()}
                return {name: one for name, one in named.items() if one is not None}
            case list():
                listed = (clean(one, _named(where, one)) for one in value)
                return [one for one in listed if one is not None]
            case str() if any(one in value for one in gone):
                out.say(where, "it repeats what may be a secret and is left out")
                return None
            case _:
                return value

    return {name: clean(one, f"[{name}]") for name, one in data.items()}


_NEEDED = {"service": "id", "push": "name", "hook": "run"}


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """`data` without tables that lack what makes them one, and without what speaks of nothing."""
    for kind, needed in _NEEDED.items():
        if kind in data:
            data[kind] = [one for one in data[kind] if needed in one]
    for service in data.get("service", ()):
        if "url" not in service.get("probe", {"url": ""}):
            del service["probe"]
        if "status" not in service:
            service.pop("engine", None)
            service.pop("status_auth", None)
    return {name: one for name, one in data.items() if one or name not in _NEEDED}
