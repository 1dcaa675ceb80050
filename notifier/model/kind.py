"""The kinds of services people look for: what each is mainly used for."""

from enum import Enum

from notifier.model.service import Service


class Kind(Enum):
    """In the order in which they are listed."""

    CHAT = "chat"
    CODING = "coding"
    TEXT = "text"
    MEDIA = "media"
    PROGRAMS = "programs"
    HERE = "here"
    GROUND = "ground"

    __hash__ = object.__hash__  # see `Health`


_MAINLY = {
    "chat": Kind.CHAT,
    "search": Kind.CHAT,
    "coding": Kind.CODING,
    "writing": Kind.TEXT,
    "translation": Kind.TEXT,
    "image": Kind.MEDIA,
    "video": Kind.MEDIA,
    "audio": Kind.MEDIA,
    "transcription": Kind.MEDIA,
    "api": Kind.PROGRAMS,
    "embeddings": Kind.PROGRAMS,
    "hosting": Kind.PROGRAMS,
    "infra": Kind.GROUND,
}


def kind_of(service: Service) -> Kind:
    """What it is mainly used for, or that it runs on this computer."""
    if service.local or "local" in service.can[:1]:
        return Kind.HERE
    return _MAINLY.get(service.can[0], Kind.CHAT) if service.can else Kind.CHAT
