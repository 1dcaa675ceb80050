"""Which parts of a page a selection means, and whether an incident names any of them."""

from collections.abc import Callable, Sequence

from notifier.model.observation import Part, PartName
from notifier.model.service import PartRef


def chosen(parts: tuple[Part, ...], refs: tuple[PartRef, ...]) -> tuple[Part, ...]:
    """The parts that `refs` mean, in the page's own order; without any refs, all of them.

    Each ref is sought by its id first. Vendors renumber components silently, so where the page
    has no such id its name within its group counts, letter case aside. This needs the whole page:
    the name must not catch a namesake while the id is still there. What a page names only while it
    is not well is meant by the rest of its group meanwhile.
    """
    if not refs:
        return parts
    meant = {id(part) for found in _each(parts, refs) for part in found}
    return tuple(part for part in parts if id(part) in meant)


def gone(parts: tuple[Part, ...], refs: tuple[PartRef, ...]) -> tuple[PartRef, ...]:
    """Those of `refs` that mean no part of the page."""
    return tuple(ref for ref, found in zip(refs, _each(parts, refs), strict=True) if not found)


def named(names: tuple[PartName, ...], parts: tuple[Part, ...]) -> bool:
    """Whether an incident that names `names` speaks of any of `parts`, by id, else by name."""
    ids = {part.id for part in parts if part.id}
    without_id = {part.name for part in parts if not part.id}
    return any(name.id in ids or name.name in without_id for name in names)


def _each(parts: tuple[Part, ...], refs: tuple[PartRef, ...]) -> list[Sequence[Part]]:
    """What each of `refs` means."""
    by_id: dict[str, list[Part]] = {}
    for part in parts:
        by_id.setdefault(part.id, []).append(part)
    return [(by_id.get(ref.id) if ref.id else None) or _found(parts, ref) for ref in refs]


def _found(parts: tuple[Part, ...], ref: PartRef) -> tuple[Part, ...]:
    """What one ref means whose own id is not there: the first way of finding it that finds any."""
    for fits in _WAYS:
        if found := tuple(part for part in parts if fits(part, ref)):
            return found
    return ()


def _by_group_id(part: Part, ref: PartRef) -> bool:
    return bool(ref.id) and ref.name is None and part.group_id == ref.id


def _by_name(part: Part, ref: PartRef) -> bool:
    if ref.name is None and ref.group is None:
        return False
    return _same(part.name, ref.name) and _same(part.group, ref.group)


def _by_bare_name(part: Part, ref: PartRef) -> bool:
    """By name alone, where the document has lost its groups (incident.io's compatible ones)."""
    return part.group is None and ref.name is not None and _same(part.name, ref.name)


def _as_written(part: Part, ref: PartRef) -> bool:
    """By what a person wrote, where that is no name: the part's id, or the name of its group."""
    if ref.id or ref.group is not None or ref.name is None:
        return False
    return part.id == ref.name or (part.group is not None and _same(part.group, ref.name))


def _by_rest(part: Part, ref: PartRef) -> bool:
    """By what stands for it: its group names only what is not well, and it is none of that.

    A key may say its group at its end (`lambda-us-east-1`).
    """
    if not part.rest or part.group is None:
        return False
    if ref.group is not None:
        return _same(part.group, ref.group)
    key = ref.id or ref.name or ""
    return key.casefold().endswith(f"-{part.group.casefold()}")


def _same(found: str | None, wanted: str | None) -> bool:
    """Whether a name is the wanted one; nothing wanted is met by anything."""
    if wanted is None:
        return True
    return found is not None and found.strip().casefold() == wanted.strip().casefold()


_WAYS: tuple[Callable[[Part, PartRef], bool], ...] = (
    _by_group_id,
    _by_name,
    _by_bare_name,
    _as_written,
    _by_rest,
)
