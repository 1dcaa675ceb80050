"""Looking at status pages: by which engine and plan, given what is known from earlier looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from notifier import feeds
from notifier.feeds import Plan, Unreadable
from notifier.model.address import place
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.service import FeedSource, SourceId, host_of
from notifier.watch import asking, documents, redirects
from notifier.watch.asking import AskedBefore, Asking, as_configured
from notifier.watch.clock import Clock
from notifier.watch.failures import NoAnswer
from notifier.watch.kept import Kept, LastRead, to_keep
from notifier.watch.visit import Visit

if TYPE_CHECKING:
    from notifier.feeds.recognise import Found
    from notifier.model.last_reading import LastReading

FIRST_PLAN_AGAIN = 86400.0
"""Seconds a second plan is kept to, once it worked where the first did not."""

REPAIR_AFTER = 300.0
"""Seconds a page must answer wrongly before it is asked what it is now: once proves little."""

_WRONG = frozenset(
    {
        FailureKind.WEB_PAGE,
        FailureKind.UNREADABLE,
        FailureKind.UNAUTHORISED,
        FailureKind.MOVED,
    }
)


class _Page(Struct):
    """What is known of one page. All times are steady seconds."""

    asking: Asking
    """What it was found to be, where the settings do not say or say otherwise."""
    wrong_since: float | None = None
    """Since when it answers, but not as the engine it should have does."""
    plan: str | None = None
    """The plan that worked after the first had not."""
    plan_since: float = float("-inf")
    last: LastRead | None = None
    recalled: bool = False
    """Whether what earlier runs have kept was looked up."""


class Pages:
    """Looks at pages and remembers what they said."""

    def __init__(self, clock: Clock, kept: Kept | None, asked: AskedBefore | None) -> None:
        self._clock = clock
        self._kept = kept
        self._asked = asked
        self._pages: dict[SourceId, _Page] = {}

    def forget(self) -> None:
        """The network is another one: a page nobody knew may be known there."""
        for page in self._pages.values():
            page.asking.elsewhere = True

    async def look(self, source: FeedSource, visit: Visit) -> Report | Failure:
        """What the page says; raises NoAnswer where nothing came."""
        page = self._pages.setdefault(source.id, _Page(Asking()))
        self._take_up(source, page)
        if source.engine is None and page.asking.found is None:
            await self._recognise(source, page.asking, visit)
        engine, url = page.asking.found or as_configured(source)
        outcome = await self._by_plans(source, engine, url, page, visit)
        if isinstance(outcome, Report):
            return outcome
        return await self._repaired(source, (engine, url), page, visit) or outcome

    async def _repaired(
        self, source: FeedSource, before: tuple[str, str], page: _Page, visit: Visit
    ) -> Report | Failure | None:
        """What the page says by what it has become; None: nobody can tell what that is.

        Only where it was answered, and wrongly, for a while: a host in trouble says nothing of
        what it is. How a document of their own is read the person alone says.
        """
        now = self._now()
        lasting = page.wrong_since is not None and now - page.wrong_since >= REPAIR_AFTER
        if source.legend is not None or not lasting:
            return None
        if not page.asking.is_due(now):
            return page.asking.to_choose
        page.asking.repairing(now)
        self._write_down(source, page.asking)  # whatever becomes of the look, it was asked
        found = await self._what_it_is(source, visit)
        if isinstance(found, Failure):
            page.asking.unknown = found
            self._write_down(source, page.asking)
            return page.asking.to_choose
        if found == before:
            return None
        return await self._by_new(found, source, page, visit)

    async def _by_new(
        self, found: tuple[str, str], source: FeedSource, page: _Page, visit: Visit
    ) -> Report | None:
        """The report of what a page was found to be, which it is taken for from now on."""
        moved = not _is_as_configured(found, source)
        asked = structs.replace(page.asking, found=found, moved=moved, unknown=None)
        anew = _Page(asked, recalled=True)  # the page as it was stays, unless this one brings more
        outcome = await self._by_plans(source, *found, anew, visit)
        if not isinstance(outcome, Report):
            return None
        self._pages[source.id] = anew
        self._write_down(source, asked)
        return outcome

    async def _recognise(self, source: FeedSource, asked: Asking, visit: Visit) -> None:
        """Find out what a page is that names no engine; raises NoAnswer where nobody knows."""
        now = self._now()
        if asked.unknown is not None and not (asked.is_due(now) or asked.is_due_early(now)):
            raise NoAnswer(asked.unknown)
        found = await self._what_it_is(source, visit)
        if isinstance(found, Failure):
            asked.not_recognised(found, self._now())
        else:
            asked.recognised(found, self._now())
        self._write_down(source, asked)
        if isinstance(found, Failure):
            raise NoAnswer(found)

    async def _what_it_is(self, source: FeedSource, visit: Visit) -> tuple[str, str] | Failure:
        """The engine and the address a page is found to have; raises NoAnswer."""
        from notifier.watch.recognition import recognise  # few pages need it: not loaded before

        return _usable(await recognise(source.url, visit, self._clock.moment().utc), source.url)

    async def _by_plans(
        self, source: FeedSource, engine: str, url: str, page: _Page, visit: Visit
    ) -> Report | Failure:
        """The report of the first plan that brings one, else why the first tried brought none."""
        try:
            plans = feeds.plans(engine, url)
        except Unreadable as error:
            return Failure(FailureKind.UNREADABLE, str(error))
        failures: list[Failure] = []
        now = self._now()
        for plan in self._in_order(plans, page):
            try:
                last = await self._by_plan(source, engine, plan, page, visit)
            except NoAnswer as error:
                if not _is_wrong(error.failure):
                    raise
                failures.append(error.failure)
                if error.failure.kind is FailureKind.MOVED:
                    break  # and all of it, not one document
            else:
                page.wrong_since = None
                moved = url if page.asking.moved else ""
                if last.report.moved != moved:
                    last = replace(last, report=replace(last.report, moved=moved))
                self._remember(source, page, last, first=plan is plans[0])
                return last.report
        page.wrong_since = now if page.wrong_since is None else page.wrong_since
        return failures[0]

    async def _by_plan(
        self, source: FeedSource, engine: str, plan: Plan, page: _Page, visit: Visit
    ) -> LastRead:
        return await documents.by_plan(
            engine,
            plan,
            page.last,
            visit,
            self._clock.moment(),
            legend=source.legend,
            with_bodies=self._kept is not None,
        )

    def _in_order(self, plans: tuple[Plan, ...], page: _Page) -> list[Plan]:
        """The plans, that one first which worked last; once a day the best one first again."""
        if self._now() - page.plan_since > FIRST_PLAN_AGAIN:
            return list(plans)
        return sorted(plans, key=lambda plan: plan.name != page.plan)

    def _remember(self, source: FeedSource, page: _Page, last: LastRead, *, first: bool) -> None:
        if first:
            page.plan = None
        elif page.plan != last.plan or self._now() - page.plan_since > FIRST_PLAN_AGAIN:
            page.plan, page.plan_since = last.plan, self._now()
        changed = page.last is None or any(
            one is not page.last.documents.get(name) for name, one in last.documents.items()
        )
        page.last = last
        if self._kept is not None and not _is_private(source):
            at = self._clock.moment().utc
            self._kept.keep(to_keep(source.id, last, at, changed=changed))

    def _write_down(self, source: FeedSource, asked: Asking) -> None:
        """Keep what came of asking for the next run."""
        if self._asked is not None and not _is_private(source):
            self._asked.keep(asking.to_keep(source, asked, self._clock.moment()))

    def _take_up(self, source: FeedSource, page: _Page) -> None:
        """Take up what earlier runs have kept, once: what the page is, then what it last said."""
        if page.recalled or _is_private(source):
            return
        page.recalled = True
        if self._asked is not None and (known := self._asked.read(source.id)) is not None:
            page.asking = asking.recalled(known, source, self._clock.moment())
        if self._kept is not None and (reading := self._kept.read(source.id)) is not None:
            self._take_up_reading(source, page, reading)

    def _take_up_reading(self, source: FeedSource, page: _Page, reading: LastReading) -> None:
        """What the page last said, and what it is to have said that, where nobody has asked it."""
        at, legend, taken_for = self._clock.moment(), source.legend, page.asking.found
        engine = source.engine if taken_for is None else taken_for[0]
        if engine is not None:
            page.last = documents.recalled(engine, reading, at, legend)
        if page.last is None and legend is None and taken_for is None:
            from notifier.watch.recognition import kept_as  # few pages need it: not loaded before

            found = kept_as(reading, source.url)
            if found is not None and asking.is_theirs(found.url, source.url):
                page.asking.found = found.engine, found.url
                page.asking.moved = source.engine is not None
                page.last = documents.recalled(found.engine, reading, at)

    def _now(self) -> float:
        return self._clock.moment().steady


def _is_private(source: FeedSource) -> bool:
    """Whether the page was shown to a key alone: nothing of it is kept beyond this run."""
    return source.entry is not None


def _is_as_configured(found: tuple[str, str], source: FeedSource) -> bool:
    (engine, url), (named, address) = found, as_configured(source)
    return (engine, place(url)) == (named, place(address))


def _is_wrong(failure: Failure) -> bool:
    """Whether a page was answered, and not with what it should have: it may be another one now.

    Or another of its plans may bring what this one did not.
    """
    refused = failure.kind is FailureKind.HTTP and 400 <= (failure.status or 0) < 500
    return refused or failure.kind in _WRONG


def _usable(found: Found | Failure, configured: str) -> tuple[str, str] | Failure:
    """What was found, unless it is at another owner's, whom nobody has chosen."""
    if isinstance(found, Failure):
        return found
    if asking.is_theirs(found.url, configured):
        return found.engine, found.url
    return redirects.moved((place(configured) or ("", ""))[0], host_of(found.url))
