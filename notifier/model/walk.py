"""One exchange with a host, stage by stage: for whoever examines this computer's connection."""

from dataclasses import dataclass
from datetime import timedelta

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
