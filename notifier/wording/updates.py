"""What is said of the catalogue that is used: the built-in one, or an update of it."""

from datetime import UTC, date, datetime

from notifier.wording.say import Say


def built_in(made: date, say: Say) -> str:
    """That there is no update."""
    return say("The built-in catalogue of {made} is used.", made=made.isoformat())


def used(number: int, made: datetime, expires: datetime, say: Say) -> str:
    """Which update is used, and until when."""
    return say(
        "Update {number} of the catalogue, of {made}, is used until {expires}.",
        number=number,
        made=_day(made),
        expires=_day(expires),
    )


def brings(new: int, changed: int, say: Say) -> str:
    """What an update makes of the built-in catalogue."""
    return say(
        "{new} services are new, and {changed} are described anew.", new=new, changed=changed
    )


def built_in_instead(why: str, say: Say) -> str:
    """Why the update on the disk is not used."""
    return say(
        "The update of the catalogue is not used, and the built-in catalogue is. {why}", why=why
    )


def not_used(why: str, say: Say) -> str:
    """Why an update that came is not used."""
    return say("An update of the catalogue came and is not used. {why}", why=why)


def not_taken(why: str, say: Say) -> str:
    """The same, to whoever has just handed it in."""
    return say("{why} Nothing was changed.", why=why)


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
