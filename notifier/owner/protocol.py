"""What commands and the owner say to each other: one JSON object per line, either way.

A request has `ask`, and is at most 64 KiB long. Unknown further keys are passed over, so that
both sides can grow.

    {"ask": "show"}                                bring the window to the front
    {"ask": "document"}                            what is known now
    {"ask": "check", "services": ["chatgpt"]}      look now (no `services`: at all), then answer
    {"ask": "instead", "service": "chatgpt"}       what works instead
    {"ask": "deep", "service": "openai-api"}       make one real call with the person's key
    {"ask": "log", "service": "chatgpt", "limit": 20}
    {"ask": "history", "services": ["chatgpt"], "since": "2026-11-16T18:00:00Z"}
    {"ask": "outage", "service": "chatgpt"}        its last outage, for a proof
    {"ask": "wish", "wish": "snooze", "service": "chatgpt", "until": "2026-11-23T19:00:00Z"}
    {"ask": "test_notification"}                   send one harmless notice, every way there is
    {"ask": "test_fallbacks"}                      try what could be used instead of each tool
    {"ask": "follow"}                              everything from now on, until either side ends
    {"ask": "yield"}                               hand the profile over to a tray

Answers, one per request and in its order:

    {"done": true}                                 to show, wish and yield
    {"document": {…}}                              to document, check, instead, deep: the picture
    {"lines": [{…}, …]}                            to log
    {"history": {…}}                               to history: `model.record.Past`
    {"outage": {…}}                                to outage: `model.dossier.Dossier`, or null
    {"tried": {…}}                                 to test_notification: `model.tried.Tried`
    {"drill": {…}}                                 to test_fallbacks: `model.drill.Drill`
    {…} and again {…}                              to follow: the objects of `watch --json`
    {"error": "refused", "detail": "…"}            to any of them; `detail` is for a person

The picture is `model.picture.Picture` as msgspec writes it. Whoever asks puts it into words or
into the JSON of `check`; owner and command are of one version, or the command says so.

The words of `error`: `not_json`, `not_understood`, `too_long` (the connection ends after it),
`refused` (the owner will not, as a `watch` has no window to show), `too_slow`, `busy`, `failed`.
After `done` to `yield` the owner ends the connections and lets go of the lock.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from notifier.model.event import Wish
from notifier.model.service import ServiceKey

MOST_REQUEST = 64 * 1024
"""Bytes of one request, its line end included."""

MOST_LINES = 1000

Object = Mapping[str, object]
"""A JSON object."""


class Show(Struct, frozen=True, tag_field="ask", tag="show"):
    """The window to the front."""


class Document(Struct, frozen=True, tag_field="ask", tag="document"):
    """What is known now."""


class Check(Struct, frozen=True, tag_field="ask", tag="check"):
    """Look first, then say."""

    services: tuple[ServiceKey, ...] = ()


class Instead(Struct, frozen=True, tag_field="ask", tag="instead"):
    """What could be used instead of a service, whether it fails or not."""

    service: ServiceKey


class Deep(Struct, frozen=True, tag_field="ask", tag="deep"):
    """One real call with the person's key, which costs something."""

    service: ServiceKey


class Log(Struct, frozen=True, tag_field="ask", tag="log"):
    """The newest notices and silences."""

    service: ServiceKey | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST_LINES)] = 20


class LookBack(Struct, frozen=True, tag_field="ask", tag="history"):
    """What was seen and told since then."""

    since: Annotated[datetime, Meta(tz=True)]
    services: tuple[ServiceKey, ...] = ()


class Outage(Struct, frozen=True, tag_field="ask", tag="outage"):
    """All that was written down of the last outage of a service."""

    service: ServiceKey


class Wished(Struct, frozen=True, tag_field="ask", tag="wish"):
    """A person's answer or order."""

    wish: Wish
    service: ServiceKey | None = None
    until: Annotated[datetime, Meta(tz=True)] | None = None


class TestNotification(Struct, frozen=True, tag_field="ask", tag="test_notification"):
    """One harmless notice, the way every notice goes, pushes and hooks among them."""


class TestFallbacks(Struct, frozen=True, tag_field="ask", tag="test_fallbacks"):
    """What could be used instead of each tool, tried."""


class Follow(Struct, frozen=True, tag_field="ask", tag="follow"):
    """Everything from now on."""


class Yield(Struct, frozen=True, tag_field="ask", tag="yield"):
    """A tray wants to own the profile."""


Request = (
    Show
    | Document
    | Check
    | Instead
    | Deep
    | Log
    | LookBack
    | Outage
    | Wished
    | TestNotification
    | TestFallbacks
    | Follow
    | Yield
)

_READ: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)


class NotJson(Exception):
    """A line that is no JSON at all."""


class NotUnderstood(Exception):
    """JSON that asks for nothing known, or wrongly; the message says what and where."""


def read(line: bytes) -> Request:
    """The request a line holds.

    Raises:
        NotJson: it is no JSON.
        NotUnderstood: it is no request.
    """
    try:
        return _READ.decode(line)
    except msgspec.ValidationError as error:
        raise NotUnderstood(str(error)) from error
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise NotJson(str(error)) from error
