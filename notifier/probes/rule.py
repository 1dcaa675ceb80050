"""What an answer proves, as data: rules in order, of which the first that fits is the reading."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from notifier.model.observation import Reading, Refusal, Says, Stage
from notifier.model.web_page import is_web_page
from notifier.probes.answer import Answer
from notifier.probes.clock import far_ahead
from notifier.probes.waiting import retry_after


@dataclass(frozen=True, slots=True)
class Rule:
    """If the status is one of `statuses` and the rest holds, the door `says` so.

    `marks` are pieces, in lower case, of which the body must have every one; the `header` must be
    there and begin with `value`; `web_page` is whether the body must be one or must not. Where the
    account is refused, `refusal` is why.
    """

    statuses: Container[int]
    says: Says
    proves: str
    marks: tuple[bytes, ...] = ()
    header: str = ""
    value: str = ""
    web_page: bool | None = None
    refusal: Refusal | None = None

    def fits(self, answer: Answer) -> bool:
        """Whether this rule speaks about `answer`."""
        return (
            answer.status in self.statuses
            and (not self.header or self._header_fits(answer))
            and (self.web_page is None or is_web_page(answer.body) is self.web_page)
            and all(mark in answer.text for mark in self.marks)
        )

    def _header_fits(self, answer: Answer) -> bool:
        found = answer.headers.get(self.header)
        return found is not None and found.lower().startswith(self.value)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of front door speaks.

    With `data`, a success that is a web page comes from somebody else: a login page, a moved host.
    `rules` read what it answers anybody, `keyed` what it answers to a key. `listing` is the shape
    of a whole answer to the free call that needs a key, `deep` that of one to a real request; None
    where none is known.
    """

    rules: tuple[Rule, ...] = ()
    data: bool = False
    keyed: tuple[Rule, ...] = ()
    listing: type | None = None
    deep: type | None = None


_PROVES = {
    Refusal.KEY_REJECTED: "the API answers and refuses the key",
    Refusal.QUOTA_EXHAUSTED: "the API answers and the quota of the account is used up",
    Refusal.PAYMENT: "the API answers and asks for a payment",
    Refusal.REGION: "the API answers and does not serve this country",
}


def refused(refusal: Refusal, statuses: Container[int], *marks: bytes) -> Rule:
    """The rule of an answer, never a web page, that refuses a key or its account."""
    return Rule(statuses, Says.ACCOUNT, _PROVES[refusal], marks, web_page=False, refusal=refusal)


def known(but: str, statuses: Container[int], *marks: bytes) -> Rule:
    """The rule of an answer that knows the key and still does not give what was asked for."""
    proves = f"the API answers and knows the key, {but}"
    return Rule(statuses, Says.ALIVE, proves, marks, web_page=False)


_MAY_ASK_TO_WAIT = frozenset({Says.LIMITED, Says.OVERLOADED, Says.FAILING})


def first(rules: Iterable[Rule], answer: Answer) -> Reading | None:
    """The reading of the first rule that fits; None where none does."""
    for rule in rules:
        if rule.fits(answer):
            wait = retry_after(answer.headers) if rule.says in _MAY_ASK_TO_WAIT else None
            return Reading(
                says=rule.says,
                stage=Stage.FRONT,
                detail=answer.detail,
                proves=rule.proves,
                status=answer.status,
                retry_after=wait,
                refusal=rule.refusal,
                ahead=far_ahead(answer.headers, answer.at),
            )
    return None
