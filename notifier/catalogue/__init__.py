"""The catalogue: what can be watched, and what the settings mean against it. Reads no file."""

from notifier.catalogue.choices import resolve
from notifier.catalogue.document import CatalogueError, load
from notifier.catalogue.services import ABILITIES, Basis, Catalogue, KnownPage, Sighting

__all__ = [
    "ABILITIES",
    "Basis",
    "Catalogue",
    "CatalogueError",
    "KnownPage",
    "Sighting",
    "load",
    "resolve",
]
