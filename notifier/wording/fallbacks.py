"""Why an alternative is offered, and why another is not, in words. Ranks nothing."""

from notifier.model.announcement import Against, Exclusion, Suggestion
from notifier.model.moment import Moment
from notifier.model.service import Service
from notifier.wording.say import Say
from notifier.wording.times import ago

_AGAINST = {
    Against.SAME_INFRASTRUCTURE: "runs on {ground}, which is in doubt",
    Against.FAILING: "has problems itself",
    Against.MAINTENANCE: "is under maintenance",
    Against.IN_DOUBT: "its front door failed just now",
    Against.NOT_READABLE: "how it stands could not be found out",
    Against.NOT_LOOKED_YET: "not looked at yet",
    Against.OTHER_ABILITIES: "does another job",
}

_MODELS = "-models"


def why(suggestion: Suggestion, at: Moment, say: Say) -> tuple[str, ...]:
    """The reasons for an alternative: whose choice, what it can do, how fresh the look is."""
    reasons = [say("your own choice")] if suggestion.preferred else []
    if suggestion.can:
        reasons.append(say("can: {abilities}", abilities=", ".join(suggestion.can)))
    age = ago(at.since(suggestion.checked), say)
    return (*reasons, say("checked {age}", age=age))


def against(exclusion: Exclusion, service: Service, ground: str, say: Say) -> str:
    """The reason against an alternative to `service`.

    `ground` names for a person what the alternative stands on: another service, or who runs the
    models. "The same models" are those of `service`; others may be in doubt beside them.
    """
    if exclusion.against is not Against.SAME_MODELS:
        return say(_AGAINST[exclusion.against], ground=ground)
    if exclusion.because != service.family:
        return say("runs on models of {ground}, which are in doubt", ground=ground)
    if _several_models(exclusion):
        return say("runs partly on the same models")
    return say("runs on the same models")


def _several_models(exclusion: Exclusion) -> bool:
    """Whether it can run on other models, too; it is excluded all the same."""
    return sum(id_.endswith(_MODELS) for id_ in exclusion.service.runs_on) > 1
