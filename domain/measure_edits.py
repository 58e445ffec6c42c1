"""Changing a measure while others do: what both changed is shown, never overwritten (BER-37)."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plan_measures import Measure, person_free


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What can be changed in a measure by hand."""

    owner: PersonId | None
    substitute: PersonId | None
    due_at: datetime
    target_group: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


def terms_of(measure: Measure) -> Terms:
    return Terms(**{each.name: getattr(measure, each.name) for each in fields(Terms)})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEdit:
    """What somebody wants to change.

    :param seen: the version they had before them.
    :param was: the terms of that version.
    :param to: the terms as they want them.
    """

    measure: UUID
    seen: int
    was: Terms
    to: Terms

    @property
    def changed(self) -> frozenset[str]:
        """Name the terms that they changed."""
        return _differing(self.was, self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody else was first: nothing was written, and this is what to show.

    :param overlapping: terms that both changed, to different things; the other's stand.
    :param free: terms that only the later one changed, and may still change at a press.
    """

    current: Measure
    edit: MeasureEdit
    overlapping: frozenset[str]
    free: frozenset[str]

    def rebased(self) -> MeasureEdit | None:
        """Give what can be written beside the other's change; None where nothing is left."""
        if not self.free:
            return None
        theirs = terms_of(self.current)
        mine = {name: getattr(self.edit.to, name) for name in self.free}
        return MeasureEdit(
            measure=self.current.id,
            seen=self.current.version,
            was=theirs,
            to=replace(theirs, **mine),
        )


def edited(measure: Measure, edit: MeasureEdit, *, now: datetime) -> Measure | Clash:
    """Change a measure, or show what somebody else changed meanwhile.

    :raises RuleBroken: `measure.ended`, `measure.wordless`, `measure.cpr`, `measure.too_long`
    """
    if edit.seen != measure.version:
        theirs = _differing(edit.was, terms_of(measure))
        differing = edit.changed & _differing(edit.to, terms_of(measure))
        return Clash(
            current=measure, edit=edit, overlapping=differing & theirs, free=differing - theirs
        )
    if not measure.waits:
        raise RuleBroken("measure.ended")
    words = [person_free(each) for each in (edit.to.target_group, edit.to.place, edit.to.note)]
    if measure.wordless and any(words):
        raise RuleBroken("measure.wordless")
    target_group, place, note = words
    return replace(
        measure,
        owner=edit.to.owner,
        substitute=edit.to.substitute,
        due_at=edit.to.due_at,
        given_at=measure.given_at if edit.to.due_at == measure.due_at else now,
        target_group=target_group,
        place=place,
        note=note,
        version=measure.version + 1,
    )


def _differing(one: Terms, other: Terms) -> frozenset[str]:
    return frozenset(
        each.name for each in fields(Terms) if getattr(one, each.name) != getattr(other, each.name)
    )
