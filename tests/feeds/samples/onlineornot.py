"""OnlineOrNot's feed, written by hand as feeds.md 1.8 describes it."""

from collections.abc import Mapping

from tests.feeds.bodies import item, rss

OVER = item(content="<p><strong>Resolved</strong> - Done.</p>")

IDENTIFIES = "/incidents.rss"
"""No feed says whose it is: by its document it is taken for any feed."""
SITE: Mapping[str, bytes] = {IDENTIFIES: rss(OVER)}
