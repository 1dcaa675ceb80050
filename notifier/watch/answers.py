"""What the status of an answer means where a document was asked for."""

from notifier.model.observation import Failure, FailureKind

_SAYS = {
    401: (FailureKind.UNAUTHORISED, "{host} asks who we are"),
    403: (FailureKind.UNAUTHORISED, "{host} does not let us in"),
    404: (FailureKind.HTTP, "There is no such page at {host}"),
    407: (FailureKind.PROXY, "The proxy on the way to {host} asks for a name and password"),
    410: (FailureKind.HTTP, "The page at {host} is gone"),
    429: (FailureKind.RATE_LIMITED, "{host} asks us to come less often"),
    # RFC 6585: not the host, but a network that wants to be signed in to.
    511: (FailureKind.WEB_PAGE, "This network wants to be signed in to before {host} is reached"),
}


def refusal(host: str, status: int, retry_after: float | None) -> Failure | None:
    """Why an answer with `status` is no document; None for 200, which may be one."""
    if status == 200:
        return None
    if status in _SAYS:
        kind, says = _SAYS[status]
    elif 500 <= status < 600:
        kind, says = FailureKind.HTTP, "{host} cannot answer at the moment"
    elif 400 <= status < 500:
        kind, says = FailureKind.HTTP, "{host} does not answer this"
    else:
        kind, says = FailureKind.UNREADABLE, "{host} answered without a document"
    return Failure(kind, f"{says.format(host=host)} (HTTP {status}).", retry_after, status)
