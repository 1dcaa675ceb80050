"""What a person can use instead, right now, and why or why not. Asks nobody.

An alternative is offered when all of this holds; the first that does not is why it is not:

    it is allowed      the person's settings limit nothing, or name it        not_allowed
    it is open         it needs neither account nor key, or the person has    no_account, no_key
                       one: they watch it, name it as theirs, keep a key
    it works           nothing has been seen of it that fails                 failing
    it stands          on nothing in doubt, however deep: the models of what  same_models,
                       failed, and whatever fails by its own page or door     same_infrastructure
    it was looked at   whatever speaks for it, within the last minute         not_looked_yet,
                                                                              not_readable
    it takes them      their account there is not refused or used up          out_of_quota, refused
    it is reached      from here: it has a front door, which answered and     no_door, not_reached,
                       is in no doubt since                                   in_doubt
    it is at work      by all that is known of it, and not under maintenance  failing, maintenance,
                                                                              not_readable
    it can answer      a model server on this computer has a model            no_model

All who can do the same job are candidates (`kin.py`): those the catalogue names for it and whatever
the person has; where it names none, a few others. First come those the person put in order
themselves, in that order; then whoever was more reliable of late by our own history, in whole
percent; then the catalogue's order. What an alternative's page announces beside its state, a model
withdrawn or a note, counts for nothing.
"""

from notifier.fallbacks.grounds import in_doubt, model_pages, stands_on, upstreams
from notifier.fallbacks.kin import MOST_CHECKED, candidates, in_order, worth_checking
from notifier.fallbacks.opinion import RECENT, opinion_of
from notifier.model.announcement import Against, Exclusion, Suggestion
from notifier.model.board import Board
from notifier.model.moment import Moment
from notifier.model.service import Service
from notifier.model.settings import Settings

__all__ = [
    "MOST_CHECKED",
    "RECENT",
    "candidates",
    "model_pages",
    "nothing_left",
    "rank",
    "stands_on",
    "upstreams",
    "worth_checking",
]


def rank(
    service: Service, board: Board, settings: Settings, at: Moment
) -> tuple[tuple[Suggestion, ...], tuple[Exclusion, ...]]:
    """Alternatives to `service`, best first, and what was left out and why."""
    doubted = in_doubt(service, board, settings)
    opinions = [
        opinion_of(candidate, service, board, settings, at, doubted=doubted)
        for candidate in in_order(service, board, settings)
    ]
    return (
        tuple(opinion for opinion in opinions if isinstance(opinion, Suggestion)),
        tuple(opinion for opinion in opinions if isinstance(opinion, Exclusion)),
    )


def nothing_left(offered: tuple[Suggestion, ...], refused: tuple[Exclusion, ...]) -> bool:
    """Whether of all that `rank` knows nothing can be used, and that is sure.

    Who was not looked at yet may still turn out to be well; where nobody could ever stand in, as
    for a cloud, nothing is missing.
    """
    if offered or not refused:
        return False
    return all(one.against is not Against.NOT_LOOKED_YET for one in refused)
