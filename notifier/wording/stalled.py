"""What is said while nobody looks, because the part of the program that does has fallen silent."""

from notifier.wording.say import Say


def headline(time: str, say: Say) -> str:
    """The tooltip and the first line of the menu; `time` is when it last looked."""
    return say("Not checking since {time}: AI Notifier itself has a problem.", time=time)


def summary(name: str, time: str, say: Say) -> str:
    """One service."""
    return say("{name} has not been checked since {time}.", name=name, time=time)


def state(say: Say) -> str:
    """One service in the list."""
    return say("not checked")


def next_step(say: Say) -> str:
    """What the person can do."""
    return say("Quit AI Notifier and start it again. Its log says more.")


def connection(say: Say) -> str:
    """Our own connection."""
    return say("Whether your network is fine is not checked either.")


def slip(say: Say) -> str:
    """Something of ours failed and the program goes on: an entry of the menu."""
    return say("Something went wrong inside: open the log")


def slip_title(say: Say) -> str:
    """The same as a line across the window."""
    return say("Something went wrong inside AI Notifier.")


def slip_text(say: Say) -> str:
    """Under it."""
    return say("It goes on with its work. Its log says what happened.")


def open_log(say: Say) -> str:
    """The button beside it."""
    return say("Open the log")
