"""What is said of lists and settings that are taken in, and of settings that are given away."""

from collections.abc import Sequence

from notifier.wording.say import Say


def asking_after(count: int, say: Say) -> str:
    """What a command does while pages are recognised."""
    return say.plural("Asking after {count} page…", "Asking after {count} pages…", count)


def watched(name: str, id_: str, say: Say, *, dry: bool) -> str:
    """That a page of a list is watched, or would be."""
    if dry:
        return say("{name} would be watched, as {id}.", name=name, id=id_)
    return say("{name} is watched now, as {id}.", name=name, id=id_)


def already(address: str, say: Say) -> str:
    """That a page of a list is watched as it is."""
    return say("{address} is watched already.", address=address)


def unknown(name: str, address: str, why: str, say: Say) -> str:
    """That a page of a list is not watched, and why."""
    if name:
        return say("Not taken in: {name}, {address}. {why}", name=name, address=address, why=why)
    return say("Not taken in: {address}. {why}", address=address, why=why)


def strange(what: str, say: Say) -> str:
    """That something in a list is no address; `what` says where it stands."""
    return say("Not taken in: {what} is no address of a web page.", what=what)


def nothing_listed(say: Say) -> str:
    """That a list is empty."""
    return say("There is no address in it; nothing was changed.")


def as_they_are(say: Say) -> str:
    """That the settings taken in say what is said here."""
    return say("The settings here say the same already; nothing was changed.")


def changed(sign: str, what: str, keys: Sequence[str], say: Say) -> str:
    """One service or table that is otherwise: + new, - gone, ~ changed."""
    if keys:
        return say("{sign} {what}: {keys}", sign=sign, what=what, keys=", ".join(keys))
    return say("{sign} {what}", sign=sign, what=what)


def only_looked(say: Say) -> str:
    """That nothing was written."""
    return say("Nothing was changed; without --dry-run it would be.")


def kept_as(name: str, say: Say) -> str:
    """Where the settings before are."""
    return say("The settings before are kept as {name}.", name=name)


def key_wanted(entry: str, say: Say) -> str:
    """That a key was kept over there, or is wanted, and is not here."""
    return say("Keys do not come along; enter this one anew: notifier key set {entry}", entry=entry)


def runs(program: str, say: Say) -> str:
    """That what was taken in names a program to be run."""
    return say("A hook of these settings runs {program} for each notice.", program=program)


def exported(file: str, say: Say) -> str:
    """That settings were written to a file."""
    return say("{file} holds the settings, without keys and other secrets.", file=file)
