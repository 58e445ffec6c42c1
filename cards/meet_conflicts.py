"""What speaks against an hour of a meeting, said before anybody is told of it."""

from collections.abc import Mapping

from cards.words import Say
from domain.meeting_conflicts import Conflicts
from domain.people import CommitteeCode


def conflicts(found: Conflicts, names: Mapping[CommitteeCode, str], *, say: Say) -> str:
    """Say what speaks against an hour, in one sentence after the other."""
    told = [
        say("meet.doubled", count=each.people, committee=names[each.committee])
        for each in found.doubled
    ]
    if found.away:
        told.append(say("meet.away", count=found.away))
    if found.day_off:
        told.append(say("meet.day_off", day=say.day(found.day_off)))
    if found.odd_hours:
        told.append(say("meet.odd_hours"))
    return " ".join([*told, *agendas_late(found, say=say)])


def agendas_late(found: Conflicts, *, say: Say) -> list[str]:
    """Say which agendas come later than they are to come, or not at all (SGF-1, SGF-3)."""
    return [say(f"meet.late_{each}") for each in found.late]
