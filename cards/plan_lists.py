"""The lists by which plans are sent, as they are shown to the Secretariat."""

from collections.abc import Iterable, Mapping, Sequence

from cards.alert_words import some_of
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
    return about("distribution_list", kept.id, kept.version)


def listed(lists: Sequence[DistributionList], *, say: Say) -> Shown:
    """List them by name, with how much they get."""
    lines = [say("plan_lists.line", name=unmarked(e.name), tier=_tier(e, say)) for e in lists]
    open_: list[Button] = [
        (say("button.plan_lists.open", name=each.name), "alertshare.list_open", about_list(each))
        for each in lists[:MOST_BUTTONS]
    ]
    new = (say("button.alertshare.new_list"), "alertshare.new_list", dict[str, Json]())
    return message(
        say("plan_lists.title"),
        say("plan_lists.lead"),
        *lines,
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
    """Show whom a list is for, and how much they get."""
    audience = kept.audience
    facts = [
        (say("plan_lists.tier"), _tier(kept, say)),
        (say("plan_lists.committees"), _names((committees[e] for e in audience.committees), say)),
        (
            say("plan_lists.people"),
            _names((people[e] for e in audience.people if e in people), say),
        ),
        (say("plan_lists.outside"), _names(audience.externals, say)),
    ]
    data = about_list(kept)
    verbs = ("alertshare.list_change", "alertshare.list_retire")
    return sheet(
        kept.name,
        [counted([(label, value) for label, value in facts if value])],
        say=say,
        actions=[(say(f"button.{verb}"), verb, data) for verb in verbs],
    )


def kept(kept: DistributionList, *, say: Say) -> Shown:
    """Say that a list is kept, and lead to it."""
    return message(
        say("plan_lists.kept_title"),
        say("plan_lists.kept_body", name=unmarked(kept.name)),
        say=say,
        actions=[
            (say("button.alertshare.list_open"), "alertshare.list_open", about_list(kept)),
            (say("button.alertshare.lists"), "alertshare.lists", {}),
        ],
    )


def retired(kept: DistributionList, *, say: Say) -> Shown:
    """Say that a list is no longer used."""
    return message(
        say("plan_lists.retired_title"),
        say("plan_lists.retired_body", name=unmarked(kept.name)),
        say=say,
        actions=[(say("button.alertshare.lists"), "alertshare.lists", {})],
    )


def _tier(kept: DistributionList, say: Say) -> str:
    return say(f"plan_view.tier_{kept.tier}")


def _names(names: Iterable[str], say: Say) -> str:
    return some_of([*map(unmarked, sorted(names))], at_most=MOST_NAMED, say=say)
