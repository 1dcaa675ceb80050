"""Board to picture, announcement to notice: what any face may show, already in words."""

from notifier.view.alternatives import alternatives
from notifier.view.row import row
from notifier.view.stalled import stalled
from notifier.view.telling import notice
from notifier.view.whole import compose, picture

__all__ = ["alternatives", "compose", "notice", "picture", "row", "stalled"]
