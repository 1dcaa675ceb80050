"""Status pages: bytes to a `Report`, one engine per vendor. Fetches nothing, judges nothing."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from notifier.feeds.bounds import bounded
from notifier.feeds.plan import Origin, Plan, Want
from notifier.feeds.shape import Unreadable
from notifier.model.health import Health, worst
from notifier.model.observation import Report
from notifier.model.service import Legend
from notifier.model.web_page import is_web_page

__all__ = [
    "ENGINES",
    "Origin",
    "Plan",
    "Unreadable",
    "Want",
    "is_web_page",
    "origin",
    "plans",
    "read",
    "read_alone",
    "stated",
    "title",
]

ENGINES: Mapping[str, str] = {
    "statuspage": "notifier.feeds.statuspage",
    "incident_io": "notifier.feeds.incident_io",
    "instatus": "notifier.feeds.instatus",
    "betterstack": "notifier.feeds.betterstack",
    "rootly": "notifier.feeds.rootly",
    "flashduty": "notifier.feeds.flashduty",
    "datadog": "notifier.feeds.datadog",
    "google": "notifier.feeds.google",
    "aws": "notifier.feeds.aws",
    "microsoft": "notifier.feeds.microsoft",
    "slack": "notifier.feeds.slack",
    "statusio": "notifier.feeds.statusio",
    "xai": "notifier.feeds.xai",
    "kuma": "notifier.feeds.kuma",
    "gatus": "notifier.feeds.gatus",
    "upptime": "notifier.feeds.upptime",
    "alertmanager": "notifier.feeds.alertmanager",
    "healthchecks": "notifier.feeds.healthchecks",
    "cachet": "notifier.feeds.cachet",
    "cstate": "notifier.feeds.cstate",
    "json": "notifier.feeds.json",
    "heroku": "notifier.feeds.heroku",
    "salesforce": "notifier.feeds.salesforce",
    "azure_devops": "notifier.feeds.azure_devops",
    "sorry": "notifier.feeds.sorry",
    "firehydrant": "notifier.feeds.firehydrant",
    "openstatus": "notifier.feeds.openstatus",
    "onlineornot": "notifier.feeds.onlineornot",
    "statuspal": "notifier.feeds.statuspal",
    "syndication": "notifier.feeds.syndication",
}
"""Engine name -> module. A module is imported when it is first used."""


class _Engine(Protocol):
    """What every engine's module offers; `TITLE` is what its makers call it."""

    TITLE: str
    ORIGIN: Origin

    def plans(self, url: str) -> tuple[Plan, ...]: ...

    def read(self, plan: str, bodies: Mapping[str, bytes]) -> Report: ...


def title(engine: str) -> str:
    """What the makers of an engine call it.

    Raises:
        Unreadable: there is no such engine.
    """
    return _engine(engine).TITLE


def origin(engine: str) -> Origin:
    """What an engine was written from.

    Raises:
        Unreadable: there is no such engine.
    """
    return _engine(engine).ORIGIN


def plans(engine: str, url: str) -> tuple[Plan, ...]:
    """Which documents to fetch from the page at `url`, best first.

    The next plan is for when one brings an answer of 4xx, a web page or something unreadable.

    Raises:
        Unreadable: there is no such engine, or `url` is no address.
    """
    return _engine(engine).plans(url)


def read(
    engine: str, plan: str, bodies: Mapping[str, bytes], legend: Legend | None = None
) -> Report:
    """What the documents of one look say, by the names of their wants.

    Only the engine `json` wants to be told by a `legend` where to look; the others know.

    Raises:
        Unreadable: they do not say it; nothing else is ever raised for any bytes.
    """
    if engine == "json" and legend is not None:
        from notifier.feeds import json  # few have such a document: not loaded before

        return bounded(json.read_by(legend, bodies))
    return bounded(_engine(engine).read(plan, bodies))


def read_alone(body: bytes, engine: str | None = None) -> Report:
    """What one document says that nobody fetched by a plan: a file, by its shape.

    Raises:
        Unreadable: no engine reads it (or not `engine`, where one is named); one sentence.
    """
    if engine is not None and engine not in ENGINES:
        raise _no_engine(engine)
    from notifier.feeds import alone  # only `notifier read` needs it: not loaded before

    return bounded(alone.read_alone(body, engine, ENGINES))


def stated(report: Report) -> Health:
    """The worst a page itself states about now, without anybody's selection.

    Parts that are watched, open incidents, maintenance under way and the page's own word. A page
    that has neither such a part nor a word of its own states nothing good.
    """
    watched = [part.health for part in report.parts if part.watched]
    states = [*watched]
    states += [incident.floor for incident in report.incidents if incident.open]
    states += [Health.MAINTENANCE for planned in report.maintenance if planned.under_way]
    if report.indicator is not None:
        states.append(report.indicator)
    elif not watched:
        states.append(Health.UNKNOWN)
    return worst(states)


@cache
def _engine(name: str) -> _Engine:
    if name not in ENGINES:
        raise _no_engine(name)
    return cast("_Engine", import_module(ENGINES[name]))


def _no_engine(name: str) -> Unreadable:
    return Unreadable(f"No engine is called “{name}”; there are {', '.join(sorted(ENGINES))}.")
