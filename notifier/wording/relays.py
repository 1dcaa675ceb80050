"""What is said of pushes and hooks, and what a message into a chat may hold."""

import re

from notifier.wording import sink
from notifier.wording.say import Say
from notifier.wording.times import duration

MOST_SAID = 120
"""Characters of what a hook complained of."""

# ------------------------------------------------------------------------------------- pushes

_FAILED = {
    "strange": "Apprise makes nothing of the address of {name}; `notifier key set push:{name}` "
    "sets another.",
    "unreached": "The service of {name} could not be reached.",
    "failed": "The service of {name} did not take it.",
    "late": "The service of {name} did not answer in time.",
    "broken": "The process that sends it failed; `notifier doctor` may say more.",
}


def push_failed(state: str, status: int | None, name: str, say: Say) -> str:
    """Why a message was not accepted; the address is in none of it."""
    if status is not None:
        return say(
            "The service of {name} answered with HTTP {status}.", name=name, status=str(status)
        )
    return say(_FAILED.get(state, _FAILED["broken"]), name=name)


_TWINS = str.maketrans("@*`<>|~", "＠＊｀＜＞｜～")
"""Signs a chat acts on (mentions, markup, links), and others that look alike and mean nothing."""

_AT_AN_EDGE = re.compile(r"__+|(?<!\w)_|_(?!\w)")
_AT_THE_BEGINNING = re.compile(r"(?m)^(\s*-?)#")


def for_a_chat(text: str) -> str:
    """`text` as no service turns it into a mention, a link with another face, or markup.

    Apprise escapes for services whose markup it knows; a webhook of a chat renders what it gets.
    """
    plain = text.translate(_TWINS).replace("](", "] (")
    plain = _AT_AN_EDGE.sub(lambda found: "＿" * len(found[0]), plain)
    return _AT_THE_BEGINNING.sub(r"\1＃", plain)


# -------------------------------------------------------------------------------------- hooks


def no_program(path: str, say: Say) -> str:
    """A hook names a program that is not there."""
    return say("There is no program {path}.", path=path)


def not_executable(path: str, say: Say) -> str:
    """A hook names a file that is no program."""
    return say("{path} may not be run; `chmod +x` makes a program of it.", path=path)


def not_run(error: Exception, say: Say) -> str:
    """The system would not start it."""
    why = getattr(error, "strerror", None) or type(error).__name__
    return say("The system would not start it: {why}.", why=str(why))


def too_slow(timeout: float, say: Say) -> str:
    """It did not end in time."""
    return say("It had not ended after {time} and was ended.", time=duration(timeout, say))


def ended_with(code: int, said: str, say: Say) -> str:
    """It ended with a code that means failure; what it complained of, in a line."""
    if not (line := _first_line(said)):
        return say("It ended with {code}.", code=str(code))
    return say("It ended with {code}: {line}", code=str(code), line=line)


def ended_by(signal: str, said: str, say: Say) -> str:
    """It was ended by somebody."""
    if not (line := _first_line(said)):
        return say("It was ended by {signal}.", signal=signal)
    return say("It was ended by {signal}: {line}", signal=signal, line=line)


def _first_line(said: str) -> str:
    lines = (sink.line(one, MOST_SAID) for one in said.splitlines())
    return next((one for one in lines if one), "")


# ------------------------------------------------------------------------------ what overtook it


def overtaken(say: Say) -> str:
    """Something newer about the same came before it could be delivered."""
    return say("Something newer came before it could be delivered.")


def withdrawn(say: Say) -> str:
    """It was true no more before it could be delivered."""
    return say("It was withdrawn before it could be delivered.")


def stale(say: Say) -> str:
    """It is too long ago to be news."""
    return say("It could not be delivered within ten minutes.")


def too_many(say: Say) -> str:
    """Too many were waiting."""
    return say("Too many newer ones were waiting.")


def program_ended(say: Say) -> str:
    """The program was quit."""
    return say("AI Notifier was ended before.")


def taken_out(say: Say) -> str:
    """The settings name it no more."""
    return say("It was taken out of the settings.")


def defect(say: Say) -> str:
    """The program itself failed here."""
    return say("The program itself failed here.")


# ---------------------------------------------------------------------------- addresses of pushes


def prompt(name: str, say: Say) -> str:
    """What stands before the place where an address is typed."""
    return say("Address of the push {name}, as Apprise writes it", name=name)


def kept(name: str, store: str, say: Say) -> str:
    """An address was stored; `store` is what people call it."""
    return say(
        "The address of the push {name} is kept in {store}. It is handed to Apprise when there is "
        "something to send, and to nobody else.",
        name=name,
        store=store,
    )


def not_named(name: str, say: Say) -> str:
    """The settings know no such push."""
    return say(
        'There is no push {name} in the settings; write [[push]] and name = "{name}" into '
        "settings.toml first.",
        name=name,
    )


def no_address(say: Say) -> str:
    """What was entered cannot be an address."""
    return say(
        "Apprise makes nothing of that. An address is one word such as ntfy://ntfy.sh/my-topic; "
        "https://appriseit.com/services/ tells how each service writes it. Nothing was kept."
    )


def not_tried(say: Say) -> str:
    """Nobody could say whether it is one."""
    return say(
        "Whether that is an address could not be found out: the process that loads Apprise "
        "failed. Nothing was kept."
    )
