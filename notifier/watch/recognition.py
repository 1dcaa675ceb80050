"""Finding out over the network what kind of status page an address is: at most eight requests."""

from dataclasses import dataclass, field
from datetime import datetime

from notifier import probes
from notifier.feeds import Unreadable
from notifier.feeds.recognise import Ask as Wanted
from notifier.feeds.recognise import Found, Heard, NothingKnown, Several, Tried, next_step
from notifier.feeds.recognise.candidates import found_alone
from notifier.feeds.recognise.trail import Seen
from notifier.model.address import place
from notifier.model.last_reading import LastReading
from notifier.model.observation import CONNECTION_KINDS, Failure, FailureKind
from notifier.model.service import host_of
from notifier.watch import answers
from notifier.watch.failures import NoAnswer
from notifier.watch.outside import is_public
from notifier.watch.visit import Visit
from notifier.watch.wire import Ask, Reply

_ACCEPT = {"Accept": "application/json, */*;q=0.5"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a page is, or why that is not known; then `tried` is everything that was asked."""

    outcome: Found | Several | Failure
    tried: tuple[Tried, ...] = ()


async def recognise(address: str, visit: Visit, now: datetime) -> Found | Failure:
    """The engine of the page at `address`; raises NoAnswer where it cannot be reached at all.

    Nothing known is UNREADABLE, unless the host was in no state to say what it is. Several are
    MOVED: one of them has to be chosen.
    """
    return one_of((await search(address, visit, now)).outcome, address)


def one_of(outcome: Found | Several | Failure, address: str) -> Found | Failure:
    """What was found; where that is several, that a person has to say which one is meant."""
    if not isinstance(outcome, Several):
        return outcome
    pages = " and to ".join(shown(found.url) for found in outcome.found)
    return Failure(FailureKind.MOVED, f"{shown(address)} leads to {pages}: choose one of them.")


async def search(address: str, visit: Visit, now: datetime) -> Recognised:
    """The same, with what was tried, for whoever wants to know."""
    asking = _Search(visit, now)
    try:
        while isinstance(step := next_step(address, asking.heard), Wanted):
            await asking.ask(step.url)
    except Unreadable as error:
        return Recognised(Failure(FailureKind.UNREADABLE, str(error)))
    match step:
        case Found() | Several():
            return Recognised(step)
        case NothingKnown(tried=tried):
            says = f"{shown(address)} is not a status page of a known kind."
            return Recognised(asking.excuse or Failure(FailureKind.UNREADABLE, says), tried)


def kept_as(reading: LastReading, url: str) -> Found | None:
    """What an earlier run took the page at `url` for, by what it has kept of it."""
    for document in reading.documents.values():
        _, found = found_alone(url, Seen(document.url, Heard(200, body=document.body)))
        if found is not None:
            return found
    return None


def shown(address: str) -> str:
    """An address for people: host and path, no query."""
    found = place(address)
    return "".join(found) if found else "This"


@dataclass(slots=True)
class _Search:
    """The answers so far, by the address asked."""

    visit: Visit
    now: datetime
    heard: dict[str, Heard] = field(default_factory=dict)
    excuse: Failure | None = None
    """What a host said that could not answer just now."""
    _from_outside: bool = False
    """Whether a host of the public network has sent us on."""

    async def ask(self, url: str) -> None:
        """Ask one more; an answer is one whatever it says, and no answer is one too."""
        try:
            reply = await self.visit.once(
                Ask(url, _ACCEPT, public_only=self._from_outside and self._elsewhere(url))
            )
        except NoAnswer as error:
            if not self.heard and error.failure.kind in CONNECTION_KINDS:
                raise
            self.heard[url] = Heard(0)
        else:
            self._hear(url, reply)

    def _elsewhere(self, url: str) -> bool:
        return host_of(url) != host_of(next(iter(self.heard), url))

    def _hear(self, url: str, reply: Reply) -> None:
        self.heard[url] = Heard(reply.status, dict(reply.headers), reply.body)
        self._from_outside |= reply.peer is not None and is_public(reply.peer)
        if self.excuse is None and (reply.status >= 500 or reply.status == 429):
            wait = probes.retry_after(reply.headers, self.now)
            self.excuse = answers.refusal(host_of(url), reply.status, wait)
