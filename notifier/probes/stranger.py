"""Answers that somebody else on the way must have given, or that are none."""

from notifier.model.observation import Failure, FailureKind
from notifier.model.web_page import is_web_page
from notifier.probes.answer import Answer


def stranger(answer: Answer, *, data: bool) -> Failure | None:
    """The failure of an answer that somebody else on the way must have given.

    With `data`, a success that is a web page is one.
    """
    if answer.status == 407:
        detail = "The proxy wants a password before it lets us through."
        return Failure(FailureKind.PROXY, detail, status=407)
    # Nobody who speaks https sends people back to plain http; a network's login page does.
    target = answer.headers.get("location", "").strip().lower()
    if 300 <= answer.status < 400 and target.startswith("http://"):
        detail = "The answer sends us to another place: this network may want you to sign in."
        return Failure(FailureKind.REDIRECTED, detail, status=answer.status)
    page = data and 200 <= answer.status < 300 and is_web_page(answer.body)
    if answer.status == 511 or page:
        detail = "A web page came instead of data: this network may want you to sign in."
        return Failure(FailureKind.WEB_PAGE, detail, status=answer.status)
    return None


def malformed(answer: Answer) -> Failure:
    """The failure of an answer whose status HTTP does not know."""
    detail = f"{answer.detail}: that is no answer HTTP knows."
    return Failure(FailureKind.HTTP, detail, status=answer.status)
