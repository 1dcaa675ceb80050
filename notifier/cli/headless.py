"""`notifier watch`: the same engine without a desktop; beside an owner it follows that one."""

import asyncio
import json
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import click

from notifier.app import logs
from notifier.app.profile import Profile
from notifier.app.session import Session
from notifier.app.zone import local_zone
from notifier.model.announcement import NoticeId
from notifier.model.picture import Picture
from notifier.owner import client
from notifier.owner.lock import Kind, acquire
from notifier.owner.transport import NotAvailable, OwnerError
from notifier.storage.places import PlaceRefused
from notifier.terminal import overheard
from notifier.terminal.live import Follower, Watching, follower
from notifier.watch.clock import SystemClock
from notifier.watch.thread import new_loop
from notifier.wording import terminal as words
from notifier.wording.say import Say

PAUSE = 1.0
"""Seconds between an owner's end and the attempt to take its place."""


def watch_here(place: Profile, say: Say, *, as_json: bool) -> int:
    """Watch until interrupted, as the owner of the profile or beside it; the exit code."""
    try:
        while True:
            with follower(say, local_zone(), SystemClock().moment, as_json=as_json) as shown:
                lock = acquire(place.places.run, Kind.WATCH)
                if lock is None:
                    _follow(place, shown, as_json=as_json)
                    continue
                with lock, logs.kept(place.places.log):
                    if not _own(place, say, shown, lock.problem):
                        return 0
                # Whoever asked for the profile is waiting for it: let them have it.
                time.sleep(PAUSE)
    except KeyboardInterrupt:
        return 0
    except (OwnerError, PlaceRefused, overheard.NotUnderstood) as error:
        click.echo(str(error), err=True)
        return 1


def _own(place: Profile, say: Say, shown: Follower, grievance: str | None) -> bool:
    """Run as the owner; True where a tray took over, so that there is one to follow."""
    sessions: list[Session] = []

    def heard(notice: NoticeId, channel: str) -> None:
        sessions[0].engine.heard(notice, channel)

    face = Watching(shown, SystemClock().moment, heard)
    session = Session(place, face, say=say, yields=True, grievance=grievance)
    sessions.append(session)
    for complaint in (*session.complaints, *filter(None, [grievance])):
        click.echo(complaint, err=True)
    if not session.engine.settings.services:
        for line in words.how_to_add(say):
            click.echo(line, err=True)
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_until_told(session))
    return session.yielded


async def _until_told(session: Session) -> None:
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, signal.SIGTERM)
        if signal.getsignal(number) is signal.SIG_IGN:
            continue  # `nohup`, or a shell that has put us behind itself
        # Windows knows no handlers in a loop; there Ctrl-C ends the loop as KeyboardInterrupt.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, session.stop)
    await session.run()


def _follow(place: Profile, shown: Follower, *, as_json: bool) -> None:
    """Show what the owner shows and tells until it ends."""
    try:
        objects = client.follow(place.places.socket)
    except NotAvailable:
        objects = None
    if objects is not None:
        click.echo("Following the AI Notifier that is running.", err=True)
        for one in objects:
            if as_json:
                click.echo(json.dumps(one, ensure_ascii=False))
            else:
                overheard.pass_on(one, shown, _looked(place))
    time.sleep(PAUSE)


def _looked(place: Profile) -> Callable[[], Picture | None]:
    def look() -> Picture | None:
        try:
            answer = client.ask(place.places.socket, {"ask": "document"})
        except OwnerError:
            return None  # it has just ended; there is a place to take
        return None if answer is None else overheard.picture_in(answer)

    return look
