"""A scripted world: what every address would answer now. It serves nobody by itself.

`memory.py` asks it at the look, in virtual time; `server.py` serves it on loopback in real time.
Both get the same answers, so a rehearsal proves the same thing either way.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from notifier.model.service import (
    FeedSource,
    KeySource,
    PartRef,
    ProbeSource,
    ReferenceSource,
    Service,
    ServiceId,
    Source,
    SourceId,
    host_of,
)
from notifier.model.settings import Settings
from notifier.rehearsal import accounts, model_servers
from notifier.rehearsal.pages import Page
from notifier.rehearsal.reply import Reply, Said, Trouble
from notifier.rehearsal.scenario import Change, Scenario, ScenarioError, seconds

HTML = b"<!doctype html><html><head><title>Welcome</title></head><body>Welcome</body></html>"

_FAILS = 500
"""The least status of a server that fails."""

_ONE_LOOK = 0.05
"""Seconds within which two questions belong to one look, however fast a rehearsal plays."""

BOMB_SIZE = 64 * 1024 * 1024
"""Decoded bytes of a body that is far too large for anybody."""


_HEALTHY = {
    "plain": Reply(200, b"fl=1\nh=example\n", {"content-type": "text/plain"}),
    "github": Reply(200, b"Keep it logically awesome.", {"content-type": "text/plain"}),
    "openai": Reply(
        401,
        b'{"error":{"message":"Missing bearer authentication","type":"invalid_request_error",'
        b'"param":null,"code":null}}',
        {"content-type": "application/json"},
    ),
    "anthropic": Reply(
        401,
        b'{"type":"error","error":{"type":"authentication_error","message":"x-api-key required"}}',
        {"content-type": "application/json"},
    ),
}

_NETWORK = {
    "offline": Trouble("offline"),
    "dns": Trouble("dns"),
    "proxy": Trouble("proxy"),
    "tls_interception": Trouble("interception"),
    "clock": Trouble("clock"),
    "silent": Trouble("timeout"),
}

_ONLY_SECURE = frozenset({"tls_interception", "clock"})
"""What a network does to secure connections alone: plain ones go through."""

_REACH = {
    "dns": Trouble("dns"),
    "refused": Trouble("refused"),
    "reset": Trouble("reset"),
    "tls": Trouble("tls"),
    "timeout": Trouble("timeout"),
    "blocked": Trouble("unreachable"),
}

_ANSWERS: Mapping[str, Said] = {
    "html": Reply(200, HTML, {"content-type": "text/html"}),
    "garbage": Reply(200, b'{"page": {"id": \x00\xff', {"content-type": "application/json"}),
    "timeout": Trouble("timeout"),
    "reset": Trouble("reset"),
    "refused": Trouble("refused"),
    "drip": Trouble("drip"),
    "truncated": Trouble("truncated"),
    "bomb": Trouble("bomb"),
}


class World:
    """Everything outside the program, as it stands at one moment of a scenario."""

    def __init__(
        self,
        scenario: Scenario,
        settings: Settings,
        bodies: Mapping[str, bytes],
        known: Callable[[str], tuple[PartRef, ...]],
    ) -> None:
        """Begin at t = 0, everything healthy.

        `bodies` are the recorded files beside the scenario; `known` gives the parts the catalogue
        knows of a page.
        """
        self._known = known
        self._bodies = bodies
        self._network = "online"
        self._pages: dict[str, Page] = {}
        self._page_says: dict[str, Said] = {}
        self._frozen: dict[str, bytes] = {}
        self._reach: dict[str, str] = {}
        self._probe_says: dict[str, list[Said]] = {}
        self._probe_to: dict[str, str] = {}
        self._given_up: dict[str, int] = {}
        self._failed: dict[SourceId, tuple[Said, float]] = {}
        self._keys: dict[str, str] = {}
        self.key_store = "unlocked"
        everyone = (*settings.services, *settings.others)
        self._services = {service.id: service for service in reversed(everyone)}
        for service in everyone:
            self._build_page(service, scenario)
        for step in scenario.steps:
            for change in step.changes:
                self._prepare(change, scenario)

    def _build_page(self, service: Service, scenario: Scenario) -> None:
        if service.page is None:
            return
        page = self._pages.setdefault(
            service.page.url, Page(service.page.name, service.page.url, scenario.start)
        )
        known = self._known(service.page.url)
        for ref in (*known, *service.parts) or (PartRef(name=service.name),):
            name = ref.name or ref.group
            if name is not None:
                page.have(name, id_=ref.id if ref.name else None, group=ref.group)

    def _prepare(self, change: Change, scenario: Scenario) -> None:
        """What a step names exists from the start; what it needs must be there."""
        if change.what not in ("page", "probe", "reach", "key"):
            return
        service = self._services.get(ServiceId(change.who))
        if service is None:
            text = f"{change.who!r} is no service of this world"
            raise ScenarioError(f"{scenario.name}, line {change.line}: {text}")
        if change.what in ("probe", "key") and service.probe is None:
            text = f"{change.who!r} has no probe, so {change.what}.{change.who} means nothing"
            raise ScenarioError(f"{scenario.name}, line {change.line}: {text}")
        if change.what == "page":
            if service.page is None:
                text = f"{change.who!r} has no status page"
                raise ScenarioError(f"{scenario.name}, line {change.line}: {text}")
            self._name_parts(self._pages[service.page.url], change.value)

    @staticmethod
    def _name_parts(page: Page, value: Mapping[str, Any]) -> None:
        named: Iterable[str] = (
            *value.get("parts", {}),
            *value.get("incident", {}).get("parts", ()),
        )
        for name in named:
            page.have(name)

    # -- time passes -----------------------------------------------------------------------

    def apply(self, change: Change, at: datetime) -> None:
        """Let one key of a step come true. What concerns the program itself is not ours."""
        match change.what:
            case "network":
                self._network = change.value
            case "reach":
                self._change_reach(self._services[ServiceId(change.who)], change.value)
            case "page":
                self._change_page(self._services[ServiceId(change.who)], change.value, at)
            case "key":
                self._keys[change.who] = change.value
            case "desktop":
                self.key_store = change.value.get("keys", self.key_store)
            case "probe":
                self._failed.clear()
                self._probe_says[change.who] = self._probe(change.value)
                self._probe_to[change.who] = change.value.get("to", "everyone")
            case _:
                pass

    def _change_reach(self, service: Service, word: str) -> None:
        self._reach[service.id] = word
        source = service.probe or service.page
        if word == "stale_connection" and source is not None:
            host = host_of(source.url)
            self._given_up[host] = self._given_up.get(host, 0) + 1

    def _change_page(self, service: Service, value: Mapping[str, Any], at: datetime) -> None:
        url = service.page.url if service.page is not None else ""
        self._frozen.pop(url, None)
        self._page_says.pop(url, None)
        if "body" in value:
            body = self._bodies[value["body"]]
            self._page_says[url] = Reply(200, body, {"content-type": "application/json"})
        elif value.get("answer") == "stale":
            self._frozen[url] = self._pages[url].document()
        elif value.get("answer") == "moved":
            self._page_says[url] = Reply(301, b"", {"location": value.get("to", "/")})
        elif "answer" in value:
            self._page_says[url] = _answer(value["answer"])
        else:
            self._pages[url].change(value, at, service.parts)

    def _probe(self, value: Mapping[str, Any]) -> list[Said]:
        words = value.get("answers", [value.get("answer", "200")])
        headers = {key.lower(): str(text) for key, text in value.get("headers", {}).items()}
        body = self._bodies[value["body"]] if "body" in value else b""
        latency = seconds(value["latency"]) if "latency" in value else 0.0
        said = [_answer(word) for word in words]
        return [
            replace(one, headers={**one.headers, **headers}, body=body or one.body, latency=latency)
            if isinstance(one, Reply)
            else one
            for one in said
        ]

    # -- what is answered ------------------------------------------------------------------

    def says(self, url: str, settings: Settings, now: float, *, keyed: bool = False) -> Said:
        """What is answered at `url`; of several answers in turn the next is used up.

        `now` is any clock's seconds: who fails and is asked again at once, in the same look, fails
        in the same way. `keyed` is whether the question came with a key.
        """
        source = self._source_at(url, settings, keyed=keyed)
        said = self._says(source, url)
        answers = self._answers_of(source)
        if source is None or len(answers) < 1 or said is not answers[0]:
            return said
        failed, at = self._failed.get(source.id, (said, -_ONE_LOOK))
        if now - at < _ONE_LOOK:
            return failed
        if isinstance(said, Reply) and said.status >= _FAILS:
            self._failed[source.id] = said, now
        if len(answers) > 1:
            answers.pop(0)
        return said

    def will_say(self, url: str, settings: Settings) -> Said:
        """What would be answered now at `url`; nothing is used up."""
        return self._says(self._source_at(url, settings), url)

    def key(self, entry: str) -> str:
        """How the key of that name stands: a word of `KEYS`. At first there is none."""
        return self._keys.get(entry, "absent")

    def connections(self, host: str) -> int:
        """How often a host has given up the connections it kept: older ones are dead."""
        return self._given_up.get(host, 0)

    def _says(self, source: Source | None, url: str) -> Said:
        if source is None:
            return Reply(404)
        if isinstance(source, ProbeSource) and source.local:
            return self._reached(source) or self._model_server(source, url)
        # By the source: on loopback every address is asked in plain http.
        plain = self._network in _ONLY_SECURE and source.url.startswith("http:")
        if self._network in _NETWORK and not plain:
            return _NETWORK[self._network]
        if self._network == "captive_portal":
            return Reply(302, HTML, {"location": "http://login.portal.test/"})
        match source:
            case FeedSource():
                return self._reached(source) or self._page(source, url)
            case ProbeSource():
                return self._reached(source) or self._door(source)
            case KeySource():
                return self._account(source)
            case ReferenceSource():
                return Reply(204)

    def _reached(self, source: Source) -> Said | None:
        """What stands between us and a service alone: at its front door, else at its page."""
        for who, word in self._reach.items():
            service = self._services[ServiceId(who)]
            if source in (service.probe or service.page, service.account):
                return _REACH.get(word)
        return None

    def _account(self, source: KeySource) -> Said:
        """What a key is answered: a front door that fails fails for whoever has a key too, unless
        the scenario says whom it answers so.
        """
        if own := self._answers_of(source):
            return self._reached(source) or own[0]
        service = next(one for one in self._services.values() if one.account == source)
        apart = self._probe_to.get(service.id) == "keyless"
        door = self._door(service.probe) if service.probe is not None and not apart else None
        fails = isinstance(door, Trouble) or (isinstance(door, Reply) and door.status >= _FAILS)
        if door is not None and fails:
            return self._reached(source) or door
        state = self.key(source.entry)
        return self._reached(source) or accounts.answer(source, state)

    def _model_server(self, source: ProbeSource, url: str) -> Said:
        answers = self._answers_of(source)
        path = "/" + url.partition("://")[2].partition("/")[2]
        return answers[0] if answers else model_servers.healthy(source.dialect, path)

    def _page(self, source: FeedSource, url: str) -> Said:
        if source.url in self._page_says:
            return self._page_says[source.url]
        if source.url not in self._pages or not url.endswith("/api/v2/summary.json"):
            return Reply(404, b'{"error":"not found"}', {"content-type": "application/json"})
        body = self._frozen.get(source.url) or self._pages[source.url].document()
        return Reply(200, body, {"content-type": "application/json"})

    def _door(self, source: ProbeSource) -> Said:
        answers = self._answers_of(source)
        return answers[0] if answers else _HEALTHY.get(source.dialect, _HEALTHY["plain"])

    def _answers_of(self, source: Source | None) -> list[Said]:
        """What the scenario has a front door answer, in turn; empty where it says nothing.

        What is answered to a key alone is the account's answer, and no front door's.
        """
        for who, said in self._probe_says.items():
            service = self._services[ServiceId(who)]
            asked = service.account if self._probe_to[who] == "keyed" else service.probe
            if source is not None and asked == source:
                return said
        return []

    @staticmethod
    def _source_at(url: str, settings: Settings, *, keyed: bool = False) -> Source | None:
        """Which source an address belongs to: the one of that host whose path fits best."""
        host = host_of(url)
        path = "/" + url.partition("://")[2].partition("/")[2]
        fitting = [
            source
            for source in settings.sources.values()
            if host_of(source.url) == host and isinstance(source, KeySource) is keyed
        ]
        exact = [source for source in fitting if source.url.partition(host)[2] == path]
        return next(iter(exact or fitting), None)


def _answer(word: str) -> Reply | Trouble:
    if word in _ANSWERS:
        return _ANSWERS[word]
    return Reply(int(word), b"", {"content-type": "text/plain"})
