"""What the person of a simulated life watches: tools of every shape, some of them kin."""

from dataclasses import replace

from notifier.model.service import (
    FeedSource,
    KeySource,
    PartRef,
    ProbeSource,
    ReferenceSource,
    Service,
    ServiceId,
    ServiceKey,
    SourceId,
)
from notifier.model.settings import Settings

EDGE = "edge"
"""What several tools stand on: no tool itself, with a page of its own that nobody chose."""

ON_THE_EDGE = 5
"""Every so many-th tool stands on it."""

WITH_A_KEY = 13
"""Of every so many-th tool the person has a key."""

PARTS = ("Chat", "API", "Code")
_JOBS = (("chat",), ("code",), ("chat", "images"), ("code", "chat"))

REFERENCES = tuple(
    ReferenceSource(SourceId(f"reference:{url}"), url)
    for url in (
        "http://check.neutral-one.test/204",
        "http://check.neutral-two.test/204",
        "https://check.neutral-three.test/204",
    )
)
"""As in the catalogue: two in the clear, which no wrong clock and no interception touches."""


def tools(count: int) -> Settings:
    """So many tools: the first three share a page, a quarter has no front door, a tenth no page."""
    services = tuple(_tool(n) for n in range(count))
    edge = Service(
        key=ServiceKey(EDGE),
        id=ServiceId(EDGE),
        name="Edge",
        home="https://edge.test/",
        can=("infra",),
        page=_page(EDGE),
    )
    return Settings(services=services, others=(edge,), references=REFERENCES)


def vendor(n: int) -> str:
    """Whose the n-th tool is: the first three are of one house."""
    return f"vendor{0 if n < len(PARTS) else n}"


def on_the_edge(n: int) -> bool:
    """Whether the n-th tool stands on what several stand on."""
    return n % ON_THE_EDGE == ON_THE_EDGE - 1


def has_page(n: int) -> bool:
    """Whether the n-th tool has a status page."""
    return n % 10 != 7


def has_door(n: int) -> bool:
    """Whether the n-th tool has a front door that answers without a key."""
    return n % 4 != 3 or not has_page(n)


def _tool(n: int) -> Service:
    page = _page(vendor(n)) if has_page(n) else None
    door = _door(n) if has_door(n) else None
    tool = Service(
        key=ServiceKey(f"tool{n}"),
        id=ServiceId(f"tool{n}"),
        name=f"Tool {n}",
        home=f"https://tool{n}.test/",
        vendor=vendor(n),
        can=_JOBS[n % len(_JOBS)],
        page=page,
        probe=door,
        runs_on=(EDGE,) if on_the_edge(n) else (),
        account=_key(n) if n % WITH_A_KEY == 1 else None,
    )
    return replace(tool, parts=(PartRef(name=PARTS[n]),)) if n < len(PARTS) else tool


def _page(whose: str) -> FeedSource:
    url = f"https://status.{whose}.test/"
    return FeedSource(SourceId(f"page:{url}"), url, "statuspage", whose.title())


def _door(n: int) -> ProbeSource:
    url = f"https://api{n}.{vendor(n)}.test/v1"
    return ProbeSource(SourceId(f"probe:{url}"), url, "openai")


def _key(n: int) -> KeySource:
    url = f"https://api{n}.{vendor(n)}.test/v1/models"
    return KeySource(SourceId(f"key:{url}"), url, "openai", "bearer", f"tool{n}")
