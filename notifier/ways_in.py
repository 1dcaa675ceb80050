"""How an alternative is opened with a text of the person's, as far as that may go along: rules.

The text goes into the address where the service takes one there, the person has not marked it
private, and the whole is not too long. Else the app, the chat page or the page is opened without
it, and there is a reason.
"""

from urllib.parse import quote

from notifier.model.address import LONGEST
from notifier.model.picture import ShownFallback
from notifier.model.service import PromptAddress, Service
from notifier.model.way_in import KeptOut, WayIn

PLACE = "{prompt}"
"""Where the text stands in a `PromptAddress`."""


def way_in(place: ShownFallback | Service, text: str, *, private: bool) -> WayIn:
    """What opening `place` opens while `text` is written; `private` keeps it out of any address."""
    filled = with_text(place.prompt, text, private=private)
    if isinstance(filled, KeptOut):
        return WayIn(place.name, _page(place), filled, place.apps, len(text))
    return WayIn(place.name, filled, None, length=len(text))


def with_text(prompt: PromptAddress | None, text: str, *, private: bool) -> str | KeptOut:
    """The address with the text in it, percent-encoded once, or why it is not put there."""
    if not text.strip():
        return KeptOut.NOTHING_WRITTEN
    if private:
        return KeptOut.PRIVATE
    if prompt is None or PLACE not in prompt.url:
        return KeptOut.TAKES_NONE
    most = min(prompt.most, LONGEST)
    if len(text) > most:  # what is a megabyte long need not be encoded to know it
        return KeptOut.TOO_LONG
    # Half a surrogate pair is no character and has no UTF-8: it becomes a question mark.
    address = prompt.url.replace(PLACE, quote(text, safe="", errors="replace"))
    return KeptOut.TOO_LONG if len(address) > most else address


def _page(place: ShownFallback | Service) -> str:
    """The page without a text: of a model server the one to chat on, where it has one."""
    home = place.home if isinstance(place, Service) else place.url
    return place.chat or home
