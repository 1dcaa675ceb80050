"""The documents of one plan: asked for only if changed, refused where they are none, and read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from notifier import feeds
from notifier.feeds import Plan, Unreadable, Want
from notifier.model.last_reading import Document, LastReading
from notifier.model.moment import Moment
from notifier.model.observation import CONNECTION_KINDS, Failure, FailureKind, Report
from notifier.model.service import Legend
from notifier.watch import answers, plausible
from notifier.watch.failures import NoAnswer
from notifier.watch.kept import Known, LastRead, known
from notifier.watch.visit import Visit
from notifier.watch.wire import Ask, Reply

FULL_LOOK_EVERY = 1800.0
"""Seconds after which a page is asked for whole again: none can say "unchanged" for ever."""

_ACCEPT = {"Accept": "application/json, */*;q=0.5"}


async def by_plan(
    engine: str,
    plan: Plan,
    last: LastRead | None,
    visit: Visit,
    at: Moment,
    *,
    legend: Legend | None = None,
    with_bodies: bool = False,
) -> LastRead:
    """Look at a page by one plan; raises NoAnswer.

    Where nothing has changed since `last`, the report is the very same object; where an older
    copy came, it is `last` itself. A body is remembered only where it may be needed beside a
    newer one, or `with_bodies`.
    """
    if last is not None and (last.plan, last.report.engine) != (plan.name, engine):
        last = None
    full = last is None or last.provisional or at.steady - last.full_at >= FULL_LOOK_EVERY
    before = {} if last is None else last.documents
    haul = _Haul(visit, at, before, full, with_bodies or len(plan.wants) > 1)
    for want in plan.wants:
        await haul.bring(want)
    full_at = at.steady if full or last is None else last.full_at
    if last is not None and (same := unchanged(last, plan, haul.documents, at, full_at)):
        return same
    report = _read(engine, plan, haul.all_bodies(), legend)
    if last is not None:
        plausible.check_parts(report, last, at)
        if plausible.is_older_copy(report, last, at):
            return last
    settled = plausible.settled(report, at.utc)
    more = plausible.is_provisional(report, at.utc)
    return LastRead(plan.name, haul.documents, settled, full_at, at.steady, report.as_of, more)


def unchanged(
    last: LastRead, plan: Plan, documents: Mapping[str, Known], at: Moment, full_at: float
) -> LastRead | None:
    """The last look once more, where the documents are what they were: nothing is read then."""
    if not last.is_of(plan.name, documents):
        return None
    return replace(last, documents=documents, full_at=full_at, seen_at=at.steady)


def recalled(
    engine: str, reading: LastReading, at: Moment, legend: Legend | None = None
) -> LastRead | None:
    """The look of an earlier run, as if it were one of this; None where it cannot be read."""
    try:
        bodies = {name: one.body for name, one in reading.documents.items()}
        report = feeds.read(engine, reading.plan, bodies, legend)
    except Unreadable:
        return None
    documents = {name: known(one, with_body=True) for name, one in reading.documents.items()}
    settled = plausible.settled(report, at.utc)
    # What was seen in an earlier run is not from just now: an older copy may stand in its place.
    seen_at = at.steady - plausible.OLDER_COPY
    more = plausible.is_provisional(report, at.utc)
    return LastRead(reading.plan, documents, settled, at.steady, seen_at, report.as_of, more)


def _cut(want: Want, body: bytes) -> bytes:
    try:
        return want.cut(body)
    except Unreadable as error:
        raise NoAnswer(Failure(FailureKind.UNREADABLE, str(error))) from error


def _read(engine: str, plan: Plan, bodies: Mapping[str, bytes], legend: Legend | None) -> Report:
    try:
        return feeds.read(engine, plan.name, bodies, legend)
    except Unreadable as error:
        # Where web pages are read, one that says nothing may be a login page all the same.
        strange = any(want.web_page for want in plan.wants)
        kind = FailureKind.WEB_PAGE if strange else FailureKind.UNREADABLE
        raise NoAnswer(Failure(kind, str(error))) from error


@dataclass(slots=True)
class _Haul:
    """The documents of one look as they come in. `before` is what the last look remembered."""

    visit: Visit
    at: Moment
    before: Mapping[str, Known]
    full: bool
    with_bodies: bool
    documents: dict[str, Known] = field(default_factory=dict)
    _bodies: dict[str, bytes] = field(default_factory=dict)

    async def bring(self, want: Want) -> None:
        """Fetch one document. One that is not required may be refused, but not be unreachable."""
        try:
            await self._bring(want)
        except NoAnswer as error:
            if want.required or error.failure.kind in CONNECTION_KINDS:
                raise

    def all_bodies(self) -> dict[str, bytes]:
        """Every body by the name of its want, those that have not changed from memory."""
        return {name: self._bodies.get(name, one.body) for name, one in self.documents.items()}

    async def _bring(self, want: Want) -> None:
        before = None if self.full else self.before.get(want.name)
        conditions = {} if before is None else before.conditions
        reply = await self._asked(want.url, conditions)
        if reply.status == 304 and before is not None and conditions:
            self.documents[want.name] = before
            return
        if reply.status == 304:  # nobody asked whether it has changed
            reply = await self._asked(want.url, {})
        document = self._document(want, reply)
        self.documents[want.name] = known(document, with_body=self.with_bodies)
        self._bodies[want.name] = document.body

    async def _asked(self, url: str, conditions: Mapping[str, str]) -> Reply:
        return await self.visit.follow(Ask(url, {**_ACCEPT, **conditions}))

    def _document(self, want: Want, reply: Reply) -> Document:
        """What an answer brought; raises NoAnswer where that is no document."""
        host, headers = self.visit.progress.host, reply.headers
        if (failure := answers.refusal(host, reply.status, self._wait(reply))) is not None:
            raise NoAnswer(failure)
        if feeds.is_web_page(reply.body) and not want.web_page:
            says = f"{host} answered with a web page where data was expected."
            raise NoAnswer(Failure(FailureKind.WEB_PAGE, says, status=reply.status))
        body = _cut(want, reply.body)
        return Document(want.url, body, headers.get("etag"), headers.get("last-modified"))

    def _wait(self, reply: Reply) -> float | None:
        """The seconds an answer asks us to stay away."""
        if "retry-after" not in reply.headers:
            return None
        from notifier import probes  # few pages need it: not loaded before

        return probes.retry_after(reply.headers, self.at.utc)
