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
    Against.NOT_ALLOWED: "your settings do not allow it",
    Against.NO_ACCOUNT: "needs an account, and you have named none there",
    Against.NO_KEY: "needs a key, and you keep none for it",
    Against.OUT_OF_QUOTA: "your quota there is used up",
    Against.REFUSED: "your account there is refused",
    Against.NOT_REACHED: "cannot be reached from here",
    Against.NO_DOOR: "whether it can be reached from here cannot be tried",
    Against.NO_MODEL: "has no model to answer with",
}

_MODELS = "-models"


def why(suggestion: Suggestion, at: Moment, say: Say) -> tuple[str, ...]:
    """The reasons for an alternative: whose choice, what it can do, how fresh the look is."""
    reasons = [say("your own choice")] if suggestion.preferred else []
    if suggestion.can:
        reasons.append(say("can: {abilities}", abilities=", ".join(suggestion.can)))
    if suggestion.models:
        reasons.append(say("{models} loaded", models=_models(suggestion.models, say)))
    if suggestion.needs_nothing:
        reasons.append(say("needs no account"))
    age = ago(at.since(suggestion.checked), say)
    return (*reasons, say("checked {age}", age=age))


def _models(names: tuple[str, ...], say: Say) -> str:
    """The first of them by name: a person wants to know that there is one."""
    more = len(names) - 1
    return say("{name} and {count} more", name=names[0], count=str(more)) if more else names[0]


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
