"""What is proved by an answer to the person's own key: of their account, and of the product."""

from dataclasses import replace

from notifier.model.allowance import Allowance
from notifier.model.observation import Failure, Reading, Says, Stage
from notifier.probes.allowance import scarcest
from notifier.probes.answer import Answer
from notifier.probes.plain import ANYBODY_TO_A_KEY, CHALLENGE
from notifier.probes.rule import Dialect, first
from notifier.probes.shape import shaped
from notifier.probes.stranger import malformed, stranger
from notifier.probes.waiting import LEAST_WAIT, MOST_WAIT

_STAGES = {
    Says.ACCOUNT: Stage.ACCOUNT,
    Says.LIMITED: Stage.ACCOUNT,
    Says.OVERLOADED: Stage.PRODUCT,
    Says.FAILING: Stage.PRODUCT,
}
"""How far an answer leads that is not the whole one; all others come from the front door."""


def read(spoken: Dialect, answer: Answer, whole: type | None, proves: str) -> Reading | Failure:
    """What an answer to a key proves; `proves` that, where it is of the shape `whole`."""
    if (failure := stranger(answer, data=True)) is not None:
        return failure
    if answer.status == 200 and whole is not None and shaped(answer.body, whole) is not None:
        left = scarcest(answer.headers)
        return Reading(Says.ALIVE, Stage.PRODUCT, answer.detail, proves, answer.status, left=left)
    found = first((*CHALLENGE, *spoken.keyed, *ANYBODY_TO_A_KEY), answer)
    return malformed(answer) if found is None else _placed(found, answer)


def _placed(reading: Reading, answer: Answer) -> Reading:
    """The reading with how far it leads and, where the account is limited, what is left."""
    left = scarcest(answer.headers)
    placed = replace(reading, stage=_STAGES.get(reading.says, Stage.FRONT), left=left)
    if left is None or placed.says is not Says.LIMITED:
        return placed
    wait = placed.retry_after if placed.retry_after is not None else _wait(left)
    return replace(placed, detail=f"{placed.detail}, {left}", retry_after=wait)


def _wait(left: Allowance) -> float | None:
    """The seconds to stay away where none are said, but what is used up comes back at a time."""
    if left.left or left.resets_in is None:
        return None
    return min(max(left.resets_in, LEAST_WAIT), MOST_WAIT)
