"""Plays a day through the real engine and a real history, and proves what happened in it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from notifier.app.profile import open_profile
from notifier.app.rehearsing import Script, Theatre, play_fast
from notifier.model.service import ServiceKey
from notifier.rehearsal.scenario import parse
from notifier.rehearsal.virtual import StagedClock
from notifier.wording.proof import Copied, proof
from notifier.wording.say import English
from tests.rehearsal.watched import Watched

BERLIN = ZoneInfo("Europe/Berlin")

TWO = '[[service]]\nid = "chatgpt"\n[[service]]\nid = "claude"\n'

RESOLVED = (
    'page.chatgpt = { parts = { Conversations = "operational" }, incident = { id = "i1",'
    ' phase = "resolved", text = "It is over." } }'
)


def stated(started: str) -> str:
    """Their page reports a major outage that began then."""
    return (
        'page.chatgpt = { parts = { Conversations = "major_outage" }, incident = { id = "i1",'
        ' phase = "investigating", impact = "major_outage", parts = ["Conversations"],'
        f' title = "Elevated errors", text = "We are looking into it.", started = "{started}" }} }}'
    )


def at(when: str, *changes: str) -> str:
    """One step of a scenario."""
    return "\n".join(["[[at]]", f't = "{when}"', *changes, ""])


def door(answer: str, key: str = "chatgpt") -> str:
    return f'probe.{key} = {{ answer = "{answer}" }}'


def proved(
    folder,
    *steps: str,
    start: str = "2026-11-23T22:30:00Z",
    length: str = "2h",
    services: str = TWO,
    key: str = "chatgpt",
    settings: str = "",
) -> str:
    """The proof that a person in Berlin copies at the end of the day.

    It is read from the disk by a history that knows nothing else, as after a restart.
    """
    head = f'title = "A day"\nabout = "made up"\nstart = "{start}"\nlength = "{length}"\n'
    scenario = parse("day.toml", f"{head}{settings}{services}{''.join(steps)}".encode())
    with Theatre(open_profile(folder), Script(scenario, {})) as theatre:
        play_fast(theatre, Watched(), English())
        clock = StagedClock(scenario.start + timedelta(seconds=scenario.length))
        chosen = theatre.stage.settings.by_key[ServiceKey(key)]
        history = theatre.diary(clock)()
        found = history.last_outage(chosen.key, [source.id for source in chosen.sources])
        history.close()
    assert found is not None
    copied = Copied(clock.moment().utc, BERLIN, "Europe/Berlin")
    return proof(found, chosen, copied, English())
