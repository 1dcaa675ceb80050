"""Looking at status pages: by which engine and plan, given what is known from earlier looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notifier import feeds
from notifier.feeds import Plan, Unreadable
from notifier.model.address import place
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.service import FeedSource, SourceId, host_of, owner_of
from notifier.watch import documents, redirects
from notifier.watch.clock import Clock
from notifier.watch.failures import NoAnswer
from notifier.watch.kept import Kept, LastRead, to_keep
from notifier.watch.visit import Visit

if TYPE_CHECKING:
    from notifier.feeds.recognise import Found

FIRST_PLAN_AGAIN = 86400.0
"""Seconds a second plan is kept to, once it worked where the first did not."""

RECOGNISE_AGAIN = 300.0
"""Seconds between two recognitions of one page: each takes up to eight requests."""

MOVED_AFTER = 900.0
"""Seconds a page must answer wrongly before it is asked whether another engine fits it now."""

MOVED_AGAIN = 3600.0
"""Seconds until that is asked again."""

_ANOTHER_MAY_DO = frozenset(
    {FailureKind.WEB_PAGE, FailureKind.UNREADABLE, FailureKind.UNAUTHORISED}
)


@dataclass(slots=True)
class _Page:
    """What is known of one page. All times are steady seconds."""

    found: Found | None = None
    """What recognition found, where the source names no engine."""
    unknown: Failure | None = None
    """What the last recognition said, where it found nothing we may use."""
    recognised_at: float = float("-inf")
    wrong_since: float | None = None
    """Since when it answers, but not as the engine it should have does."""
    plan: str | None = None
    """The plan that worked after the first had not."""
    plan_since: float = float("-inf")
    last: LastRead | None = None
    recalled: bool = False
    """Whether it was asked for what an earlier run has kept."""


class Pages:
    """Looks at pages and remembers what they said."""

    def __init__(self, clock: Clock, kept: Kept | None) -> None:
        self._clock = clock
        self._kept = kept
        self._pages: dict[SourceId, _Page] = {}

    def forget(self) -> None:
        """The network is another one: a page nobody knew may be known there."""
        for page in self._pages.values():
            page.unknown = None

    async def look(self, source: FeedSource, visit: Visit) -> Report | Failure:
        """What the page says; raises NoAnswer where nothing came."""
        page = self._pages.setdefault(source.id, _Page())
        if source.engine is not None and page.found is None:
            address = source.feed or source.url
            outcome = await self._by_plans(source, source.engine, address, page, visit)
            return await self._by_another(source, page, visit) or outcome
        found = page.found or await self._recognised(source, page, visit)
        outcome = await self._by_plans(source, found.engine, found.url, page, visit)
        if isinstance(outcome, Failure) and self._now() - page.recognised_at > RECOGNISE_AGAIN:
            page.found = None  # the page may have gone to another vendor
        return outcome

    async def _by_another(
        self, source: FeedSource, page: _Page, visit: Visit
    ) -> Report | Failure | None:
        """What a page of a known engine says by the one it has changed to; None: it has not.

        How a document of their own is read the person alone says.
        """
        if source.legend is not None:
            return None
        now = self._now()
        lasting = page.wrong_since is not None and now - page.wrong_since >= MOVED_AFTER
        if not lasting or now - page.recognised_at < MOVED_AGAIN:
            return None
        try:
            found = await self._recognised(source, page, visit)
        except NoAnswer:
            return None
        if found.engine == source.engine:
            page.found = None
            return None
        page.last = page.plan = None
        return await self._by_plans(source, found.engine, found.url, page, visit)

    async def _recognised(self, source: FeedSource, page: _Page, visit: Visit) -> Found:
        """What a page is that names no engine; raises NoAnswer."""
        if page.unknown is not None and self._now() - page.recognised_at < RECOGNISE_AGAIN:
            raise NoAnswer(page.unknown)
        from notifier.watch.recognition import recognise  # few pages need it: not loaded before

        found = _usable(await recognise(source.url, visit, self._clock.moment().utc), source.url)
        page.recognised_at = self._now()
        if isinstance(found, Failure):
            page.unknown = found
            raise NoAnswer(found)
        page.found = found
        return found

    async def _by_plans(
        self, source: FeedSource, engine: str, url: str, page: _Page, visit: Visit
    ) -> Report | Failure:
        """The report of the first plan that brings one, else why the first tried brought none."""
        try:
            plans = feeds.plans(engine, url)
        except Unreadable as error:
            return Failure(FailureKind.UNREADABLE, str(error))
        self._recall(source, engine, page)
        failures: list[Failure] = []
        now = self._now()
        for plan in self._in_order(plans, page):
            try:
                last = await self._by_plan(source, engine, plan, page, visit)
            except NoAnswer as error:
                if not _another_may_do(error.failure):
                    raise
                failures.append(error.failure)
            else:
                page.wrong_since = None
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

    def _kept_for(self, source: FeedSource) -> Kept | None:
        """Who keeps this page's readings beyond this run: nobody what was shown to a key alone."""
        return self._kept if source.entry is None else None

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
        if (kept := self._kept_for(source)) is not None:
            at = self._clock.moment().utc
            kept.keep(to_keep(source.id, last, at, changed=changed))

    def _recall(self, source: FeedSource, engine: str, page: _Page) -> None:
        """Take up what an earlier run has kept, once."""
        kept = self._kept_for(source)
        if kept is None or page.recalled:
            return
        page.recalled = True
        reading = kept.read(source.id)
        if reading is not None:
            page.last = documents.recalled(engine, reading, self._clock.moment(), source.legend)

    def _now(self) -> float:
        return self._clock.moment().steady


def _another_may_do(failure: Failure) -> bool:
    """Whether the next plan of a page may bring what this one did not: it was answered, wrongly."""
    refused = failure.kind is FailureKind.HTTP and 400 <= (failure.status or 0) < 500
    return refused or failure.kind in _ANOTHER_MAY_DO


def _usable(found: Found | Failure, configured: str) -> Found | Failure:
    """What was found, unless it is at another owner's, whom nobody has chosen."""
    if isinstance(found, Failure):
        return found
    before, now = (place(configured) or ("", ""))[0], host_of(found.url)
    return found if owner_of(before) == owner_of(now) else redirects.moved(before, now)
