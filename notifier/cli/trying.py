"""`notifier test-notification`: which way of telling would reach the person, by trying it."""

from pathlib import Path

import click
import msgspec

from notifier.cli import NOT_DONE, SAY, fail, profiled
from notifier.cli.owner import ask, opened
from notifier.model.tried import Tried
from notifier.wording import trial_notice as words

WITHIN = 40.0
"""Seconds every way together may take; a push or hook has 25."""

NOBODY = (
    "AI Notifier is not running, so there is nobody to show it. Start it with `notifier tray`, "
    "or `notifier watch` where there is no desktop."
)


@click.command("test-notification")
@profiled
@click.pass_context
def test_notification(context: click.Context, profile: Path | None) -> None:
    """Send one harmless notice the way every notice goes, and say which way took it.

    It also goes through every push and hook, once. The exit code is 1 where no way took it, or
    where a push or hook failed.
    """
    answer = ask(opened(context, profile), {"ask": "test_notification"}, WITHIN)
    if answer is None:
        fail(NOBODY)
        return
    tried = msgspec.convert(answer["tried"], Tried)
    for line in words.lines(tried, SAY):
        click.echo(line)
    if tried.rung is None or any(one.why for one in tried.relayed):
        context.exit(NOT_DONE)


COMMANDS = (test_notification,)
