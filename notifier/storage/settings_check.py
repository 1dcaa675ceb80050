"""settings.toml, read but not yet believed, to `Choices`: each wrong value is one complaint.

The format is that of interfaces.md, Files. The file itself is not touched here.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from notifier.catalogue import ABILITIES
from notifier.feeds import ENGINES
from notifier.model.health import Health
from notifier.model.service import Legend
from notifier.model.settings import (
    Calm,
    Choices,
    Complaint,
    Instead,
    Quiet,
    Watched,
    WatchedProbe,
)
from notifier.model.settings_words import Level
from notifier.storage import settings_value as value
from notifier.storage.settings_table import Findings, Table
from notifier.storage.toml_outline import Outline

VERSION = 1
"""The version of the format this program reads and writes."""

_AUTHS = ("none", "bearer", "x-api-key", "x-goog-api-key", "api-key")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY_DAY = tuple(range(len(_DAYS)))

_level = value.one_of({level.value: level for level in Level})
_state = value.one_of({**{health.value: health for health in Health}, "none": None})
_repeat = value.one_of({"never": None, "1h": 3600.0, "4h": 4 * 3600.0})
_auth = value.one_of({auth: auth for auth in _AUTHS})
_day = value.one_of({day: number for number, day in enumerate(_DAYS)})
_ability = value.one_of({ability: ability for ability in ABILITIES})
_engine = value.one_of({engine: engine for engine in ENGINES})


def check(
    file: str, data: Mapping[str, object], outline: Outline, folder: Path
) -> tuple[Choices, tuple[Complaint, ...]]:
    """What a person chose, and every wrong value; each of those has its default.

    `file` is the name complaints carry, `folder` what relative paths are meant from.
    """
    findings = Findings(file, outline)
    top = Table(data, (), findings)
    findings.newer = _is_newer(top)
    names = ("polling", "notify", "network", "keys", "fallbacks", "catalogue")
    polling, notify, network, keys, fallbacks, catalogue = (top.table(name) for name in names)
    status = top.maybe_table("status_file")
    entries = top.tables("service", "[[service]], one for each")
    default = Choices()
    choices = Choices(
        watched=tuple(one for entry in entries if (one := _watched(entry)) is not None),
        interval=polling.take("interval", value.interval, default.interval),
        level=notify.take("level", _level, default.level),
        sound=notify.take("sound", value.yes_or_no, default.sound),
        quiet=tuple(
            hours
            for entry in notify.tables("quiet", "[{ from = …, to = … }]")
            if (hours := _quiet(entry)) is not None
        ),
        calm=_calm(notify),
        instead=_instead(fallbacks),
        proxy=network.take("proxy", value.proxy, default.proxy),
        ca=network.maybe("ca", value.file_beside(folder)),
        references=network.several("references", value.address),
        keys=keys.several("kept", value.kept_name) or (),
        status_file=None if status is None else _status_file(status),
        catalogue_url=catalogue.take("url", value.update_address, default.catalogue_url),
        catalogue_keys=catalogue.several("keys", value.public_key) or (),
    )
    choices = _with_ways(choices, top)
    for table in (top, polling, notify, network, keys, fallbacks, catalogue, *entries):
        table.close()
    return choices, tuple(sorted(findings.complaints, key=lambda one: one.line or 0))


def _with_ways(choices: Choices, top: Table) -> Choices:
    """With pushes and hooks, where there are any: most have neither, and load nothing of them."""
    pushes = top.tables("push", "[[push]], one for each")
    hooks = top.tables("hook", "[[hook]], one for each")
    if not pushes and not hooks:
        return choices
    from notifier.storage import settings_relays

    return replace(
        choices, pushes=settings_relays.pushes(pushes), hooks=settings_relays.hooks(hooks)
    )


def newer(data: Mapping[str, object]) -> bool:
    """Whether a newer program wrote this: then it is read as far as understood, never changed."""
    version = data.get("version", VERSION)
    return isinstance(version, int) and version > VERSION


def _is_newer(top: Table) -> bool:
    version = top.take("version", value.version, VERSION)
    if version > VERSION:
        top.complain(
            f"a newer program wrote this file (version {version}, this one knows {VERSION}); "
            "what is understood is used, and nothing in it is changed from here.",
            "version",
        )
    return version > VERSION


def _calm(notify: Table) -> Calm:
    default = Calm()
    return Calm(
        updates=notify.take("updates", value.yes_or_no, default.updates),
        repeat=notify.take("repeat", _repeat, default.repeat),
        ceiling=notify.take("ceiling", value.ceiling, default.ceiling),
    )


def _instead(fallbacks: Table) -> Instead:
    """A list of what is allowed of which nothing can be read allows nothing."""
    limited = fallbacks.has("allow")
    allow = fallbacks.several("allow", value.identifier) or ()
    accounts = fallbacks.several("accounts", value.identifier) or ()
    return Instead(frozenset(allow) if limited else None, frozenset(accounts))


def _quiet(table: Table) -> Quiet | None:
    otherwise = "these quiet hours are left out."
    begins = table.need("from", value.clock, otherwise)
    ends = table.need("to", value.clock, otherwise)
    days = table.several("days", _day)
    allow = table.maybe("allow", _state)
    table.close()
    if begins is None or ends is None:
        return None
    if begins == ends:
        table.complain(f'"from" and "to" must differ; {otherwise}')
        return None
    return Quiet(begins, ends, frozenset(_EVERY_DAY if days is None else days), allow)


def _status_file(table: Table) -> str | None:
    path = table.need("path", value.file_of_its_own, "no status file is written.")
    table.close()
    return path


def _watched(table: Table) -> Watched | None:
    id_ = table.need("id", value.identifier, "this service is left out.")
    watched = Watched(
        id=id_ or "",
        label=table.maybe("label", value.line),
        name=table.maybe("name", value.line),
        home=table.maybe("home", value.address),
        can=table.several("can", _ability) or (),
        parts=table.several("parts", value.line) or (),
        fallbacks=table.several("fallbacks", value.identifier) or (),
        notify=table.maybe("notify", _level),
        status=table.maybe("status", value.keyed_address),
        engine=table.maybe("engine", _engine),
        legend=_legend(table),
        status_auth=table.take("status_auth", _auth, "none"),
        runs_on=table.several("runs_on", value.identifier) or (),
        probe=_probe(table),
        line=table.line,
    )
    for name in ("engine", "json", "status_auth"):
        if table.has(name) and not table.has("status"):
            table.complain(f'"{name}" needs "status" beside it; it has no effect.', name)
    if watched.engine == "json" and not table.has("json"):
        table.complain('engine "json" needs "json" beside it, which says where the state stands.')
    if watched.engine != "json" and table.has("json"):
        table.complain('"json" needs engine = "json" beside it; it has no effect.', "json")
        watched = replace(watched, legend=None)
    return None if id_ is None else watched


def _legend(service: Table) -> Legend | None:
    """How a document of the person's own is to be read: most have none, and load nothing of it."""
    table = service.maybe_table("json")
    if table is None:
        return None
    from notifier.storage import settings_legend

    return settings_legend.legend(table)


def _probe(service: Table) -> WatchedProbe | None:
    table = service.maybe_table("probe")
    if table is None:
        return None
    url = table.need("url", value.keyed_address, "this probe is left out.")
    auth = table.take("auth", _auth, "none")
    key = table.maybe("key", value.key_name)
    table.close()
    return None if url is None else WatchedProbe(url, auth, key)
