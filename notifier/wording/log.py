"""A line of the log of notices, for every face: told, owed, taken back, or not told and why."""

from collections.abc import Mapping

from notifier.model.announcement import Silence
from notifier.model.record import LogLine
from notifier.model.rung import Rung
from notifier.model.service import ServiceKey
from notifier.wording import notices
from notifier.wording.glance import Glance
from notifier.wording.say import Say
from notifier.wording.times import listed

HEADING = "Told and not told"

_SAID = {
    "told": "told: {title}",
    "owed": "could not be shown: {title}",
    "withdrawn": "withdrawn: {title}",
}
_PASSED_ON = {
    "handed_over": "{way}: handed over: {title}",
    "retried": "{way}: tried again in a moment: {title}",
    "failed": "{way}: failed: {title}",
    "outdated": "{way}: not sent, for it is no longer so: {title}",
}
"""What became of one on its way beside the ladder: `push:phone` or `hook:lamp` (model/relay.py)."""

_KEPT_BACK = "kept back by do not disturb: {title}"
_NOT_CONFIRMED = "handed over, not confirmed: {title}"

_CHANNELS = {
    Rung.FREEDESKTOP.value: "desktop notification",
    Rung.PORTAL.value: "portal of the desktop",
    Rung.NOTIFICATION_CENTRE.value: "system notification",
    Rung.BALLOON.value: "balloon of the tray",
    Rung.WINDOW.value: "line in the window",
    Rung.TERMINAL.value: "in the terminal",
}

_SILENCES = {reason.value: reason for reason in Silence}


def logged(line: LogLine, say: Say) -> str:
    """One line about one service: "told: ChatGPT is down"."""
    if line.kind == "withheld":
        return say("not told: {why}", why=_why_not(line, say))
    if line.kind in _PASSED_ON:
        way = line.channel.replace(":", " ", 1)
        return say(_PASSED_ON[line.kind], way=way, title=line.title or line.reason)
    return say(_message(line), title=line.title or line.reason)


def _message(line: LogLine) -> str:
    if line.kept_back_by:
        return _KEPT_BACK
    return _SAID.get(line.kind, "{title}") if line.confirmed else _NOT_CONFIRMED


def logged_of(line: LogLine, names: Mapping[ServiceKey, str], say: Say) -> str:
    """The same where many services are listed: a silence names whom it is about."""
    about = listed([names.get(key, key) for key in line.services], say)
    if line.kind != "withheld" or not about:
        return logged(line, say)
    return say("not told of {about}: {why}", about=about, why=_why_not(line, say))


def by(line: LogLine, say: Say) -> str:
    """By which channel it was told, who keeps it back, or why none took it; empty where that is no
    question.
    """
    if line.kept_back_by:
        return say("{name} says so", name=line.kept_back_by)
    if line.channel in _CHANNELS:
        return say(_CHANNELS[line.channel])
    return line.why.removesuffix(".")


def whole(line: LogLine, said: str, say: Say) -> str:
    """What was said of a line, and by which channel, in one."""
    by_whom = by(line, say)
    return say("{said} ({by})", said=said, by=by_whom) if by_whom else said


def spoken(line: LogLine, glance: Glance) -> str:
    """One line as it is read aloud."""
    said = whole(line, logged(line, glance.say), glance.say)
    return glance.say("{time}, {said}", time=glance.time(line.at), said=said)


def _why_not(line: LogLine, say: Say) -> str:
    reason = _SILENCES.get(line.reason)
    return notices.silence(reason, say) if reason else line.reason
