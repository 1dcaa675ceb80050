"""A test of what a person would use instead: what was tried of each alternative, what came of it.

Called a drill as one against fire is: a way out that was never tried is none.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from notifier.model.moment import Moment
from notifier.model.service import Service, ServiceId, ServiceKey


class Step(Enum):
    """What is tried of an alternative."""

    PAGE = "page"
    DOOR = "reach"
    ACCOUNT = "account"
    KEY = "key"
    QUOTA = "quota"
    CALL = "call"

    __hash__ = object.__hash__  # see `Health`


class Came(Enum):
    """What came of a step, or of all of them: WELL is ready, ILL is not."""

    WELL = "well"
    ILL = "ill"
    UNKNOWN = "unknown"
    NOT_TRIED = "not_tried"
    PENDING = "pending"

    __hash__ = object.__hash__  # see `Health`


@dataclass(frozen=True, slots=True)
class Spoken:
    """A model on this computer answered one token, after so many seconds."""

    model: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """What is to be tested, and for which of the chosen tools it would stand in."""

    service: Service
    instead_of: tuple[ServiceKey, ...]
    open: bool
    """Whether the person is known to have what it takes: an account, or it needs none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a drill tests: the tools that may fail, and the alternatives to them."""

    tools: tuple[Service, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """One step, in words without their age; `at` is when it was last seen to be so.

    `way` are the stages that were passed on the way there, and where it broke.
    """

    step: Step
    came: Came
    says: str
    at: Moment | None = None
    way: str = ""


@dataclass(frozen=True, slots=True)
class Tested:
    """One alternative: whether it is ready, in words, and every step."""

    id: ServiceId
    name: str
    came: Came
    says: str
    instead_of: tuple[ServiceKey, ...] = ()
    steps: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """A test of the alternatives, as far as it has come.

    `lacking` are the tools for which nothing is ready, by name.
    """

    began: Moment
    tested: tuple[Tested, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Whether everything has been heard of."""
        return all(one.came is not Came.PENDING for one in self.tested)


@dataclass(frozen=True, slots=True)
class FallbacksTested:
    """For the diary: alternatives were tested at `at`."""

    at: datetime
