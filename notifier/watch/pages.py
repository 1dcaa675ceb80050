"""Looking at status pages: by which engine and plan, given what is known from earlier looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notifier import feeds
from notifier.feeds import Plan, Unreadable
from notifier.model.address import place
from notifier.model.observation import Failure, FailureKind, Report
from notifier.model.service import FeedSource, SourceId, host_of, is_named_after, owner_of
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

REPAIR_AFTER = 300.0
"""Seconds a page must answer wrongly before it is asked what it is now: once proves little."""

REPAIR_AGAIN = 86400.0
"""Seconds until that is asked again: each time takes up to eight requests."""

_WRONG = frozenset(
    {
        FailureKind.WEB_PAGE,
        FailureKind.UNREADABLE,
        FailureKind.UNAUTHORISED,
        FailureKind.MOVED,
    }
)


@dataclass(slots=True)
class _Page:
    """What is known of one page. All times are steady seconds."""

    found: Found | None = None
    """What recognition found, where the source names no engine, or its page is of another now."""
    moved: bool = False
    """Whether that is something else than it was."""
    unknown: Failure | None = None
    """What the last recognition said, where it found nothing we may use."""
    recognised_at: float = float("-inf")
    repaired_at: float = float("-inf")
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
        self._take_up(source, page)
        if source.engine is None and page.found is None:
            page.found = await self._recognised(source, page, visit)
        engine, url = _as_configured(source) if page.found is None else _as_found(page.found)
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
        if now - page.repaired_at < REPAIR_AGAIN:
            return _to_choose(page.unknown)
        from notifier.watch.recognition import recognise  # few pages need it: not loaded before

        page.repaired_at = now
        found = _usable(await recognise(source.url, visit, self._clock.moment().utc), source.url)
        if isinstance(found, Failure):
            page.unknown = found
            return _to_choose(found)
        if _as_found(found) == before:
            return None
        return await self._by_new(found, source, page, visit)

    async def _by_new(
        self, found: Found, source: FeedSource, page: _Page, visit: Visit
    ) -> Report | None:
        """The report of what a page was found to be, which it is taken for from now on."""
        before = page.last, page.plan, page.moved
        page.last = page.plan = None
        page.moved = not _is_as_configured(found, source)
        outcome = await self._by_plans(source, found.engine, found.url, page, visit)
        if isinstance(outcome, Report):
            page.found, page.unknown = found, None
            return outcome
        page.last, page.plan, page.moved = before
        return None

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
                moved = url if page.moved else ""
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

    def _take_up(self, source: FeedSource, page: _Page) -> None:
        """Take up what an earlier run has kept, once: and what it found the page to be."""
        kept = self._kept_for(source)
        if kept is None or page.recalled:
            return
        page.recalled = True
        reading = kept.read(source.id)
        if reading is None:
            return
        at, legend = self._clock.moment(), source.legend
        if source.engine is not None:
            page.last = documents.recalled(source.engine, reading, at, legend)
        if page.last is None and legend is None:
            from notifier.watch.recognition import kept_as  # few pages need it: not loaded before

            found = kept_as(reading, source.url)
            if found is not None and _usable(found, source.url) is found:
                page.found, page.moved = found, source.engine is not None
                page.last = documents.recalled(found.engine, reading, at)

    def _now(self) -> float:
        return self._clock.moment().steady


def _as_configured(source: FeedSource) -> tuple[str, str]:
    """The engine and the address of the documents, as the settings or the catalogue have them."""
    return source.engine or "", source.feed or source.url


def _is_as_configured(found: Found, source: FeedSource) -> bool:
    engine, url = _as_configured(source)
    return (found.engine, place(found.url)) == (engine, place(url))


def _as_found(found: Found) -> tuple[str, str]:
    return found.engine, found.url


def _is_wrong(failure: Failure) -> bool:
    """Whether a page was answered, and not with what it should have: it may be another one now.

    Or another of its plans may bring what this one did not.
    """
    refused = failure.kind is FailureKind.HTTP and 400 <= (failure.status or 0) < 500
    return refused or failure.kind in _WRONG


def _to_choose(failure: Failure | None) -> Failure | None:
    """What a person has to decide, where that is why a page is not read."""
    return failure if failure is not None and failure.kind is FailureKind.MOVED else None


def _usable(found: Found | Failure, configured: str) -> Found | Failure:
    """What was found, unless it is at another owner's, whom nobody has chosen.

    One that is named after the owner of the page is theirs: they have sent us there themselves.
    """
    if isinstance(found, Failure):
        return found
    before, now = (place(configured) or ("", ""))[0], host_of(found.url)
    theirs = owner_of(before) == owner_of(now) or is_named_after(now, before)
    return found if theirs else redirects.moved(before, now)
