"""A person's own word on how to read a document that no engine knows. Reads none itself."""

from dataclasses import dataclass

from notifier.model.health import Health


@dataclass(frozen=True, slots=True)
class Legend:
    """Where in a JSON document its state stands, and what the words there mean.

    `state`, `title` and `time` are JMESPath expressions (jmespath.org), checked when the settings
    are read. `words` are pairs of a word as the document writes it and its meaning; the six states
    of ours mean themselves. `fresh` is for how many seconds after its time the document speaks;
    None: nobody can say.
    """

    state: str
    title: str | None = None
    time: str | None = None
    words: tuple[tuple[str, Health], ...] = ()
    fresh: float | None = None

    def meaning(self) -> dict[str, Health]:
        """Every word that is known, with what it means."""
        return {health.value: health for health in Health} | dict(self.words)
