"""Whether the program starts by itself at login, in sentences; and the box that says so."""

from notifier.wording.say import Say

BOX = "Start when I log in"
"""The box in the chooser, and the entry of the menu."""


def on(program: str, say: Say, *, everyone: bool) -> str:
    """It starts."""
    if everyone:
        return say("It starts at login, as for every account here: {program}", program=program)
    return say("It starts at login: {program}", program=program)


def off(say: Say, *, everyone: bool) -> str:
    """It does not start."""
    if everyone:
        return say("It does not start at login: for you that is switched off.")
    return say("It does not start at login.")


def gone(program: str, say: Say) -> str:
    """The entry outlived what it should start: the session passes over it without a word."""
    return say(
        "The program it should start at login ({program}) is not there any more; "
        "`notifier autostart on` sets it right.",
        program=program,
    )


def another(program: str, say: Say) -> str:
    """Another copy starts than the one that was asked."""
    return say(
        "Another copy of it starts at login ({program}); "
        "`notifier autostart on` makes it this one.",
        program=program,
    )
