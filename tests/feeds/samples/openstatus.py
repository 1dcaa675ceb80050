"""The document of openstatus, written by hand as feeds.md 1.16 describes it."""

from collections.abc import Mapping

from tests.feeds.bodies import body


def status(word: str = "operational") -> dict:
    return {"status": word}


IDENTIFIES = "/public/status/example"
SITE: Mapping[str, bytes] = {IDENTIFIES: body(status())}
PAGE = IDENTIFIES
"""What is pasted: a page under its owner's name does not say what it is called there."""
