"""The past as a sheet: how long each tool was well, what its page told, what was told here."""

from collections.abc import Mapping

from notifier.model.past import Past, TimeLooked, WordGiven
from notifier.model.picture import Lamp
from notifier.model.record import IncidentSeen, LogLine
from notifier.model.service import ServiceKey
from notifier.terminal.sheet import Line, Section, Sheet
from notifier.view.lamp import BY_STATE
from notifier.wording import history as said
from notifier.wording import log
from notifier.wording.account import YOUR_WORD, word_held
from notifier.wording.glance import Glance

MOST = 20
"""Lines of one section on a screen or in a pipe; JSON has all."""

_WELL_ENOUGH = 0.999


def history(past: Past, names: Mapping[ServiceKey, str], glance: Glance, *, owned: bool) -> Sheet:
    """Everything that was, newest first."""
    say = glance.say
    under = [] if owned else [said.gone_by(past, glance)]
    if not past.incidents and not past.log and not past.words:
        under.append(said.empty(say))
    return Sheet(
        lamp=None,
        title=said.title(past, glance),
        under=tuple(under),
        sections=(
            Section(say(said.TOOLS), tuple(_looked(one, names, glance) for one in past.looked)),
            _cut(said.INCIDENTS, [_incident(one, glance) for one in past.incidents], glance),
            _cut(said.NOTICES, [_line(one, names, glance) for one in past.log], glance),
            _cut(YOUR_WORD, [_word(one, names, glance) for one in past.words], glance),
        ),
    )


def _cut(heading: str, lines: list[Line], glance: Glance) -> Section:
    kept = lines[:MOST]
    if left := len(lines) - len(kept):
        kept.append(Line(said.more(left, glance.say)))
    return Section(glance.say(heading), tuple(kept))


def _looked(one: TimeLooked, names: Mapping[ServiceKey, str], glance: Glance) -> Line:
    lamp = Lamp.BLIND
    if one.looked_s >= 1:
        lamp = Lamp.CLEAR if one.well_s / one.looked_s >= _WELL_ENOUGH else Lamp.WATCH
    return Line(names.get(one.service, one.service), said.uptime(one, glance.say), lamp)


def _incident(seen: IncidentSeen, glance: Glance) -> Line:
    page = seen.source.partition(":")[2]
    facts = said.incident_facts(seen, page, glance)
    lamp = BY_STATE[said.incident_health(seen)]
    return Line(said.incident_title(seen, glance.say), lamp=lamp, under=(facts,))


def _line(told: LogLine, names: Mapping[ServiceKey, str], glance: Glance) -> Line:
    line = log.logged_of(told, names, glance.say)
    return Line(glance.time(told.at), log.whole(told, line, glance.say))


def _word(given: WordGiven, names: Mapping[ServiceKey, str], glance: Glance) -> Line:
    held, name = word_held(given.word, glance), names.get(given.service, given.service)
    return Line(held, said.word(given.word, name, glance.say))
