"""What a neutral host's answer says about our own connection. Nothing about any service."""

from urllib.parse import urljoin

from notifier.model.observation import Answered, Failure, FailureKind
from notifier.model.service import host_of
from notifier.model.web_page import is_web_page
from notifier.probes.answer import Answer
from notifier.probes.clock import far_ahead

_SHORT = 512
"""Bytes of the longest body a reference is known to send ("success", "Microsoft Connect Test")."""

_ELSEWHERE = Failure(
    FailureKind.REDIRECTED, "The network sends us to another place: it may want you to sign in."
)
_LOGIN = Failure(
    FailureKind.WEB_PAGE, "A web page came from a host that has none: the network may want a login."
)


def reference(answer: Answer, url: str) -> Answered | Failure:
    """Whether the host at `url` answered, or a network in between did.

    Over https the certificate proves who speaks, so any answer shows that we are online. Over
    http anybody on the way can answer: only what was asked for counts.
    """
    if answer.status == 511:  # RFC 6585: network authentication required
        return _LOGIN
    if url.lower().startswith("https:"):
        redirect = 300 <= answer.status < 400
        return _ELSEWHERE if redirect and is_web_page(answer.body) else _answered(answer)
    if 300 <= answer.status < 400 and _leads_away(answer, url):
        return _ELSEWHERE
    if is_web_page(answer.body):
        return _LOGIN
    if answer.status == 204 or (answer.status == 200 and len(answer.body) <= _SHORT):
        return _answered(answer)
    detail = f"{answer.detail}, which is not what this host is asked for."
    return Failure(FailureKind.HTTP, detail, status=answer.status)


def _answered(answer: Answer) -> Answered:
    return Answered(answer.detail, far_ahead(answer.headers, answer.at))


def _leads_away(answer: Answer, url: str) -> bool:
    target = answer.headers.get("location", "")
    try:
        return host_of(urljoin(url, target)) != host_of(url)
    except ValueError:  # a broken address, which the host itself would not send
        return True
