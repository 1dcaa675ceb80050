"""How the kinds of services are called, what of each is read, and how sure that is."""

from collections.abc import Mapping

from notifier.model.kind import Kind
from notifier.model.service import Service
from notifier.wording.say import Say

TITLES: Mapping[Kind, str] = {
    Kind.CHAT: "Chat and search",
    Kind.CODING: "Coding",
    Kind.TEXT: "Writing, translation",
    Kind.MEDIA: "Pictures, film, sound",
    Kind.PROGRAMS: "Models and APIs",
    Kind.HERE: "On this computer",
    Kind.GROUND: "Infrastructure",
}

_HOW: Mapping[str, str] = {
    "capture": "seen {date}",
    "source": "told {date}",
    "recalled": "unsure {date}",
}


def known(how: str, date: str, say: Say) -> str:
    """How sure an entry of the catalogue is, and of when that is (`how`: its `seen`)."""
    return say(_HOW[how], date=date)


def read_by(service: Service, say: Say) -> str:
    """What is looked at of a service: the engine of its page, else what there is instead."""
    if service.page is not None:
        return service.page.engine or say("what is recognised")
    return say("its own port") if service.local else say("its door alone")


def no_page(service: Service, say: Say) -> str:
    """Why no page of it is read; empty where there is nothing to say."""
    if not service.no_page:
        return ""
    return say("{name}: {why}", name=service.name, why=service.no_page)
