"""What is written about an alert, put together from what was read and how it is said."""

from cards.alert_log_lines import line_of
from cards.board_alert import Looked
from cards.words import Say
from domain.alert_papers import AlertFile
from domain.call_sheet import Entry, Section
from domain.people import Authority, PersonId
from usecases.see_board import Closer


def looked(closer: Closer) -> Looked:
    """Give what the page and the figures are drawn of."""
    seen = closer.seen
    return Looked(
        alert=seen.alert,
        sight=closer.sight,
        recipients=seen.recipients,
        stands=seen.stands,
        answers=closer.answers,
        delivery=closer.delivery,
        plan=seen.plan,
        reports=closer.reports,
        owing=closer.owing,
        briefed=closer.briefed,
        log=closer.log,
        happened=closer.happened,
        names=names(closer),
    )


def names(closer: Closer) -> dict[PersonId, str]:
    return {each.id: each.name for each in closer.people.values()}


def file_of(closer: Closer, *, say: Say) -> AlertFile:
    """Give all that is exported of it; for whose it is not, without its log (BER-48)."""
    known = names(closer)
    return AlertFile(
        alert=closer.seen.alert,
        recipients=tuple(closer.seen.recipients),
        plan=closer.seen.plan,
        log=tuple(line_of(each, names=known, say=say) for each in closer.log),
        names=known,
    )


def call_list_of(closer: Closer) -> list[Section]:
    """List everybody who was alerted, by authority, to be telephoned when all else is down."""
    people, areas = closer.people, closer.seen.alert.audience.areas
    by_authority = {
        authority: [
            people[each.person]
            for each in closer.seen.recipients
            if each.authority is authority and each.person in people
        ]
        for authority in Authority
    }
    return [
        Section(
            authority=authority,
            area=next(iter(areas)) if len(areas) == 1 else None,
            entries=tuple(
                Entry(person=each)
                for each in sorted(alerted, key=lambda each: (each.name.casefold(), each.id))
            ),
        )
        for authority, alerted in by_authority.items()
        if alerted
    ]
