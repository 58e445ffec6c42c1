"""The lists that alerts are sent by, as they are shown to the Secretariat."""

from collections.abc import Iterable, Mapping, Sequence

from cards.alert_words import all_places, some_of
from cards.delivery import MOST_NAMED, Button, counted, sheet
from cards.forms import message
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.alert_sharings import DistributionList
from domain.people import CommitteeCode, PersonId

MOST_BUTTONS = 5


def about_list(kept: DistributionList) -> dict[str, Json]:
    """Say what a button carries: which list, and which version of it was seen."""
    return about("alert_list", kept.id, kept.version)


def listed(lists: Sequence[DistributionList], *, say: Say) -> Shown:
    """List them by name."""
    open_: list[Button] = [
        (say("button.alert_lists.open", name=each.name), "alertlist.open", about_list(each))
        for each in lists[:MOST_BUTTONS]
    ]
    new: Button = (say("button.alertlist.new"), "alertlist.new", {})
    return message(
        say("alert_lists.title"),
        say("alert_lists.lead"),
        *([f"- {unmarked(each.name)}" for each in lists] or [say("alert_lists.none")]),
        say=say,
        actions=[*open_, new],
    )


def opened(
    kept: DistributionList,
    *,
    people: Mapping[PersonId, str],
    committees: Mapping[CommitteeCode, str],
    say: Say,
) -> Shown:
    """Show whom a list is for."""
    audience = kept.audience
    facts = [
        (say("alert_lists.areas"), all_places(audience.areas, say=say)),
        (say("alert_list.authorities.label"), _each("authority", audience.authorities, say)),
        (say("alert_list.types.label"), _each("committee_type", audience.types, say)),
        (
            say("alert_list.committees.label"),
            _names((committees[each] for each in audience.committees if each in committees), say),
        ),
        (
            say("alert_lists.people"),
            _names((people[each] for each in audience.people if each in people), say),
        ),
    ]
    data = about_list(kept)
    actions: list[Button] = [
        (say("button.alertlist.change"), "alertlist.change", data),
        (say("button.alertlist.retire"), "alertlist.retire", data),
        (say("button.alertlist.list"), "alertlist.list", {}),
    ]
    return sheet(
        say("alert_lists.opened", name=unmarked(kept.name)),
        [counted([(label, value) for label, value in facts if value])],
        say=say,
        actions=actions,
    )


def done(kept: DistributionList, what: str, *, say: Say) -> Shown:
    """Say that a list is kept, or is used no more."""
    return message(
        say(f"alert_lists.{what}_title"),
        say(f"alert_lists.{what}_body", name=unmarked(kept.name)),
        say=say,
        actions=[(say("button.alertlist.list"), "alertlist.list", {})],
    )


def _each(texts: str, names: Iterable[str], say: Say) -> str:
    return ", ".join(say(f"{texts}.{each}") for each in sorted(names))


def _names(names: Iterable[str], say: Say) -> str:
    return some_of([*map(unmarked, sorted(names))], at_most=MOST_NAMED, say=say)
