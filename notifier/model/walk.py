"""Exchanges with hosts, stage by stage: for whoever examines this computer's connection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from notifier.model.moment import Moment
from notifier.model.observation import Failure, Stage, StageTime


@dataclass(frozen=True, slots=True)
class Walk:
    """How an exchange with a host went; `failure` where it ended, at `stopped`.

    `steps` are the stages that were passed. `issuer` is who vouched for the host's name; `ahead`
    how far the host's clock is before ours.
    """

    host: str
    proxy: str | None
    steps: tuple[StageTime, ...]
    issuer: str | None = None
    detail: str = ""
    ahead: timedelta | None = None
    failure: Failure | None = None
    stopped: Stage | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A test of this computer's own connection, as far as it has come.

    `route` is whether the system knows a way out at all, None before it was asked; `hosts` are the
    neutral hosts that are asked, `walks` those that are home.
    """

    began: Moment
    route: bool | None = None
    hosts: tuple[str, ...] = ()
    walks: tuple[Walk, ...] = ()

    @property
    def over(self) -> bool:
        """Whether every host has been heard of."""
        return len(self.walks) == len(self.hosts)


CLOCK_OFF = timedelta(minutes=2)
"""A clock that differs by more is worth a word to whoever examines this computer."""


def clock_ahead(walks: Iterable[Walk]) -> timedelta | None:
    """How far the clocks of others are before ours, taken together; None where nobody told."""
    told = [one.ahead.total_seconds() for one in walks if one.ahead is not None]
    return timedelta(seconds=median(told)) if told else None
