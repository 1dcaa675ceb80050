"""How the kinds of services are called, and how sure the catalogue is of one."""

from collections.abc import Mapping

from notifier.model.kind import Kind

TITLES: Mapping[Kind, str] = {
    Kind.CHAT: "Chat and search",
    Kind.CODING: "Coding",
    Kind.TEXT: "Writing and translation",
    Kind.MEDIA: "Pictures, film and sound",
    Kind.PROGRAMS: "For programs: models and APIs",
    Kind.HERE: "On this computer",
    Kind.GROUND: "Infrastructure",
}

HOW: Mapping[str, str] = {
    "capture": "a real answer",
    "source": "a public source",
    "recalled": "memory, not checked",
}
"""What an entry of the catalogue goes by, by the words of `seen`."""
