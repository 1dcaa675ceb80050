"""The rehearsed world answering in memory, at the look: no socket, no waiting."""

from notifier import feeds, probes
from notifier.feeds.shape import Unreadable
from notifier.model.observation import Failure, FailureKind, Outcome, Stage
from notifier.model.service import FeedSource, ProbeSource, ReferenceSource, Source
from notifier.probes import Answer
from notifier.rehearsal.world import Reply, Said, Trouble, World
from notifier.watch.looker import Looked

_LATENCY = 0.12

_KINDS = {
    "offline": (FailureKind.OFFLINE, Stage.CONNECT, "This computer has no way to the network."),
    "dns": (FailureKind.DNS, Stage.DNS, "The name could not be found."),
    "refused": (FailureKind.REFUSED, Stage.CONNECT, "The connection was refused."),
    "reset": (FailureKind.RESET, Stage.FRONT, "The connection was cut."),
    "tls": (FailureKind.TLS, Stage.TLS, "The certificate is not trusted."),
    "clock": (FailureKind.TLS, Stage.TLS, "The certificate is not valid at this date."),
    "timeout": (FailureKind.TIMEOUT, Stage.FRONT, "No answer within 20 s."),
    "proxy": (FailureKind.PROXY, Stage.CONNECT, "The proxy asks for a password."),
    "drip": (FailureKind.TIMEOUT, Stage.FRONT, "The answer did not end within 20 s."),
    "truncated": (FailureKind.TRUNCATED, Stage.FRONT, "The answer broke off."),
    "bomb": (FailureKind.TOO_LARGE, Stage.FRONT, "The answer is larger than 4 MiB."),
}


class MemoryLooker:
    """Looks at a world without leaving the process."""

    def __init__(self, world: World) -> None:
        """Look at `world`."""
        self._world = world

    async def look(self, source: Source, *, fresh: bool = False) -> Looked:
        """What `source` brings now."""
        del fresh  # every look in memory is on a fresh connection
        match source:
            case FeedSource():
                return self._read(source)
            case ProbeSource():
                said = self._world.says(source, source.url)
                return _timed(_door(source, said), said)
            case ReferenceSource():
                said = self._world.says(source, source.url)
                return _timed(_neutral(source, said), said)

    def _read(self, source: FeedSource) -> Looked:
        engine = source.engine or "statuspage"
        looked = Looked(Failure(FailureKind.UNREADABLE, "Nothing could be read there."))
        for plan in feeds.plans(engine, source.url):
            bodies: dict[str, bytes] = {}
            for want in plan.wants:
                said = self._world.says(source, want.url)
                failure = _not_a_body(said)
                if failure is not None:
                    looked = _timed(failure, said)
                    break
                bodies[want.name] = said.body if isinstance(said, Reply) else b""
            else:
                return Looked(_parsed(engine, plan.name, bodies), _LATENCY)
        return looked

    async def forget(self) -> None:
        """Nothing is kept open."""

    async def close(self) -> None:
        """Nothing is kept open."""


def _timed(outcome: Outcome, said: Said) -> Looked:
    if isinstance(said, Trouble):
        return Looked(outcome, None)
    return Looked(outcome, said.latency or _LATENCY)


def _parsed(engine: str, plan: str, bodies: dict[str, bytes]) -> Outcome:
    try:
        return feeds.read(engine, plan, bodies)
    except Unreadable as error:
        return Failure(FailureKind.UNREADABLE, str(error))


def _failure(trouble: Trouble) -> Failure:
    kind, _, detail = _KINDS[trouble.kind]
    return Failure(kind, detail)


def _not_a_body(said: Said) -> Failure | None:
    """Why a page's answer is no document; None where it may be one."""
    if isinstance(said, Trouble):
        return _failure(said)
    if 300 <= said.status < 400:
        return Failure(FailureKind.REDIRECTED, "It sends us to another place.", status=said.status)
    if said.status != 200:
        return Failure(FailureKind.HTTP, f"HTTP {said.status}.", status=said.status)
    if feeds.is_web_page(said.body):
        return Failure(FailureKind.WEB_PAGE, "A web page came instead of data.", status=200)
    return None


def _door(source: ProbeSource, said: Said) -> Outcome:
    if isinstance(said, Trouble):
        kind, stage, detail = _KINDS[said.kind]
        return probes.silent(kind, detail, stage)
    return probes.read(source.dialect, _heard(said))


def _neutral(source: ReferenceSource, said: Said) -> Outcome:
    if isinstance(said, Trouble):
        return _failure(said)
    return probes.reference(_heard(said), source.url)


def _heard(said: Reply) -> Answer:
    return Answer(said.status, dict(said.headers), said.body, said.latency or _LATENCY)
