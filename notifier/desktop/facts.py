"""What the verdict rests on: the parts of the page and every piece of evidence."""

from notifier.desktop.buttons import Fold
from notifier.desktop.labels import Words
from notifier.desktop.section import Section, Stack, StateLine
from notifier.desktop.theme import LAMP_OF, Size, Tone, space
from notifier.model.health import Health, gravity
from notifier.model.observation import Says
from notifier.model.picture import Lamp, Row, ShownPart
from notifier.wording import verdicts
from notifier.wording import window as words
from notifier.wording.glance import Glance
from notifier.wording.say import Say

_MOST_PARTS = 8
"""Of more chosen parts than this only those are listed that fail or are in maintenance."""

_NOTEWORTHY = frozenset(Health) - {Health.OPERATIONAL, Health.UNKNOWN}

_SAYS = {
    **{health.value: lamp for health, lamp in LAMP_OF.items()},
    Says.REACHABLE.value: Lamp.CLEAR,
    Says.ALIVE.value: Lamp.CLEAR,
    Says.LIMITED.value: Lamp.CLEAR,
    Says.ACCOUNT.value: Lamp.WATCH,
    Says.OVERLOADED.value: Lamp.WATCH,
    Says.FAILING.value: Lamp.TROUBLE,
}
"""The shape of what a piece of evidence says; anything else could not be read."""


class Parts(Section):
    """The chosen parts of the page, and the others folded away."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._shown, self._others = Stack(StateLine, space(1)), Stack(StateLine, space(1))
        self._fold = Fold(self._others)
        self._gone = Words(size=Size.SMALL, tone=Tone.SOFT)
        super().__init__(say("Parts that matter to you"), self._shown, self._gone, self._fold)

    def show_row(self, row: Row) -> None:
        """Show a service's parts, what fails first."""
        shown, others = divided(row.parts)
        self._fill(self._shown, shown)
        self._fill(self._others, others)
        self._gone.say(verdicts.gone(row, self._say))
        title = self._say.plural("{count} other part", "{count} other parts", len(others))
        self._fold.show_if(title, wanted=bool(others))
        self.setVisible(bool(row.parts))

    def _fill(self, lines: Stack[StateLine], parts: tuple[ShownPart, ...]) -> None:
        for line, shown in zip(lines.need(len(parts)), parts, strict=True):
            line.say(
                LAMP_OF[shown.part.health],
                words.part_name(shown, self._say),
                end=words.state(shown.part.health, self._say),
                spoken=words.part_sentence(shown, self._say),
            )


def divided(parts: tuple[ShownPart, ...]) -> tuple[tuple[ShownPart, ...], tuple[ShownPart, ...]]:
    """The parts to show and those to fold away, each with what fails first."""
    ranked = tuple(sorted(parts, key=lambda shown: -gravity(shown.part.health)))
    chosen = tuple(shown for shown in ranked if shown.chosen)
    if len(chosen) > _MOST_PARTS:
        chosen = tuple(shown for shown in chosen if shown.part.health in _NOTEWORTHY)
    return chosen, tuple(shown for shown in ranked if shown not in chosen)


class Proof(Section):
    """Every piece of evidence, each with what it proves."""

    def __init__(self, say: Say) -> None:
        self._lines = Stack(StateLine, space(2))
        super().__init__(say("Evidence"), self._lines)

    def show_row(self, row: Row, glance: Glance) -> None:
        """Show what the verdict of a service rests on."""
        evidence = row.verdict.evidence
        for line, piece in zip(self._lines.need(len(evidence)), evidence, strict=True):
            said, proof = words.said(piece, glance.say), words.proof(piece, glance)
            lamp = _SAYS.get(piece.says, Lamp.BLIND)
            line.say(lamp, said, under=proof, spoken=f"{said}. {proof}")
        self.setVisible(bool(evidence))
