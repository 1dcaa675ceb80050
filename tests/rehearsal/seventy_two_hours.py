"""Three days of watching in virtual time, and what they leave behind: nothing that grows.

    usage = watch(hours=72, services=30)
    python -m tests.rehearsal.seventy_two_hours 72 30     in a process of its own, said as JSON

A laptop's life: outages that come and go, pages that cannot be read, front doors that fail, a
network that goes and asks for a login, nights asleep. Everything is the program's own but the
world: engine, rules, history on disk, the reading and the wire's rules.
"""

import gc
import json
import os
import sys
import threading
import tracemalloc
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from notifier.app.profile import open_profile
from notifier.app.rehearsing import Script, Theatre, play_fast
from notifier.rehearsal.scenario import parse
from notifier.wording.say import English
from tests.rehearsal.watched import Watched

WARM = 2
"""Hours after which nothing may grow any more."""

NIGHT = (22, 6)

HEAD = """title = "Days of watching"
about = "made up for a measure"
start = "2026-11-23T00:00:00Z"
length = "{hours}h1m"
[settings.polling]
interval = "{interval}"
"""

SERVICE = """[[service]]
id = "tool-{n}"
name = "Tool {n}"
home = "https://tool{n}.example/"
can = ["chat"]
status = "https://status.tool{n}.example/"
probe = {{ url = "https://api.tool{n}.example/" }}
"""

DOWN = '{{ state = "major_outage", incident = {{ id = "i{hour}", impact = "major_outage" }} }}'
UP = '{{ state = "operational", incident = {{ id = "i{hour}", phase = "resolved" }} }}'

TROUBLES = (
    ('page.tool-{n} = { answer = "html" }', 'page.tool-{n} = { state = "operational" }'),
    ('probe.tool-{n} = { answer = "503" }', 'probe.tool-{n} = { answer = "200" }'),
    ('network = "offline"', 'network = "online"'),
    ('page.tool-{n} = { answer = "reset" }', 'page.tool-{n} = { state = "operational" }'),
    ('network = "captive_portal"', 'network = "online"'),
    ('reach.tool-{n} = "stale_connection"', 'reach.tool-{n} = "ok"'),
    ('desktop = { daemon = "hung" }', 'desktop = { daemon = "there" }'),
    ('page.tool-{n} = { answer = "timeout" }', 'page.tool-{n} = { state = "operational" }'),
)


@dataclass(frozen=True)
class Usage:
    """What grew from hour two to the end: `memory` in bytes.

    In a process of its own that is all it holds (RSS); among other tests, whose leavings come and
    go, it is what Python has handed out and not got back, which itself costs much to count.

    `notices` is how many were shown meanwhile, so that nobody measures an idle program.
    """

    descriptors: int
    threads: int
    memory: int
    notices: int


@dataclass(frozen=True)
class _Sample:
    descriptors: int
    threads: int
    memory: int


@dataclass
class _Measured(Watched):
    """An audience that takes a sample at every caption, and keeps nothing else."""

    samples: list[_Sample] = field(default_factory=list)
    shown: int = 0

    def notice(self, t, notice):
        self.shown += 1

    def picture(self, t, picture):
        pass

    def caption(self, t, text):
        self.samples.append(_sample())


def watch(
    hours: int = 72, services: int = 30, interval: str = "60s", *, alone: bool = False
) -> Usage:
    """Watch so many services for so long, and say what grew; `alone` in this process.

    Three days of thirty services take some forty seconds of CPU at an interval of five minutes,
    several times that where every allocation is followed.
    """
    measured = _Measured()
    script = Script(parse("days.toml", _days(hours, services, interval).encode()), {})
    if not alone:
        tracemalloc.start()
    try:
        with TemporaryDirectory() as folder, Theatre(open_profile(Path(folder)), script) as theatre:
            play_fast(theatre, measured, English())
    finally:
        tracemalloc.stop()
    warm, end = measured.samples
    return Usage(
        descriptors=end.descriptors - warm.descriptors,
        threads=end.threads - warm.threads,
        memory=end.memory - warm.memory,
        notices=measured.shown,
    )


def _sample() -> _Sample:
    gc.collect()
    return _Sample(
        descriptors=sum(1 for _ in Path("/proc/self/fd").iterdir()),
        threads=threading.active_count(),
        memory=_held(),
    )


def _held() -> int:
    if tracemalloc.is_tracing():
        return tracemalloc.get_traced_memory()[0]
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _days(hours: int, services: int, interval: str) -> str:
    """The scenario: every waking hour has one outage and one trouble of another kind."""
    text = HEAD.format(hours=hours, interval=interval)
    text += "".join(SERVICE.format(n=n) for n in range(services))
    for hour in range(hours):
        text += _hour(hour, services)
    for sampled in (WARM, hours):
        text += f'[[at]]\nt = "{sampled}h"\ncaption = "sample"\n'
    return text


def _hour(hour: int, services: int) -> str:
    of_day = hour % 24
    asleep = of_day >= NIGHT[0] or of_day < NIGHT[1]
    if hour >= WARM and asleep:
        begins = of_day == NIGHT[0] or hour == WARM
        return _at(hour, 1, 'machine = "asleep"') if begins else ""
    sick, odd = hour % services, (hour * 7 + 3) % services
    begins, ends = (words.replace("{n}", str(odd)) for words in TROUBLES[hour % len(TROUBLES)])
    return (
        (_at(hour, 0, 'machine = "awake"') if of_day == NIGHT[1] else "")
        + _at(hour, 5, f"page.tool-{sick} = " + DOWN.format(hour=hour))
        + _at(hour, 20, begins)
        + _at(hour, 30, ends)
        + _at(hour, 40, f"page.tool-{sick} = " + UP.format(hour=hour))
        + f'[[expect]]\nt = "{hour}h59m"\n'
    )


def _at(hour: int, minute: int, step: str) -> str:
    return f'[[at]]\nt = "{hour}h{minute}m"\n{step}\n'


if __name__ == "__main__":
    wanted = (int(word) for word in sys.argv[1:3])
    print(json.dumps(asdict(watch(*wanted, alone=True))))
