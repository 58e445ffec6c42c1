"""The agenda and the minutes of those who write as much as there is room for."""

from dataclasses import replace
from uuid import uuid5

from cards import agendas, minutes
from domain.committee_meetings import CommitteeMeeting, Presence
from domain.decision_tasks import DecisionTask
from domain.minutes import Attended, MinutesState
from domain.papers import Annex, ProposalPart
from tests.cards.guests import Gallery
from tests.cards.trial_stories import NASTY_NAME
from tests.support.steering import STEERING
from tests.support.town import LARS, RUTH

LONG = NASTY_NAME * 40


async def at_their_fullest(gallery: Gallery, ahead: CommitteeMeeting) -> None:
    """See a long agenda, the longest item, and minutes of many items by many people."""
    say = gallery.say
    async with gallery.database.transaction() as tx:
        agenda = await tx.agendas.latest(ahead.id)
    assert agenda is not None
    item = replace(
        agenda.items[0],
        title=LONG[:120],
        words=LONG[:1200],
        proposal=dict(zip(ProposalPart, (LONG[:n] for n in _MOST), strict=True)),
        annexes=tuple(
            Annex(title=LONG[:40], url=f"https://intranet.example/{'a' * 120}{n}")
            for n in range(10)
        ),
        returned=LONG[:1000],
    )
    many = [replace(item, id=uuid5(item.id, str(n)), position=n) for n in range(1, 60)]
    page = agendas.Page(
        meeting=ahead,
        committee=NASTY_NAME,
        items=many,
        status=[say("agenda.not_sent")],
        unqualified={each.id for each in many},
        ways=["item.propose", "agenda.provisional"],
    )
    gallery.hang("fullest agenda", agendas.page(page, say=say))
    ways = ["item.accept", "item.return", "item.move"]
    gallery.hang(
        "fullest item",
        agendas.item(item, ahead, committee=NASTY_NAME, proposer=NASTY_NAME, ways=ways, say=say),
    )
    listed = [(ahead, NASTY_NAME)] * 8
    shown = agendas.meetings(listed, verb="agenda.show", key="mine", say=say)
    gallery.hang("fullest meetings", shown)
    none = agendas.meetings([], verb="agenda.show", key="mine", say=say)
    gallery.hang("no meetings", none)
    waits = agendas.item_letter(item, None, "answered_waits", committee=NASTY_NAME, say=say)
    gallery.hang("an item without a meeting", waits)
    await _fullest_minutes(gallery, ahead)


_MOST = (1000, 1500, 1500, 600, 800, 800)


async def _fullest_minutes(gallery: Gallery, ahead: CommitteeMeeting) -> None:
    say = gallery.say
    async with gallery.database.transaction() as tx:
        [meeting, *_] = [
            each
            for each in await tx.committee_meetings.of_year(ahead.year)
            if each.committee == STEERING.code and each.number == 4
        ]
        written = await tx.minutes.latest(meeting.id)
    assert written is not None
    one = written.items[0]
    items = [
        replace(
            one,
            item=replace(one.item, id=uuid5(one.id, str(n)), title=LONG[:120]),
            decision=LONG[:1500],
        )
        for n in range(14)
    ]
    people = [
        Attended(
            person=LARS.id,
            name=NASTY_NAME,
            function="",
            authority=LARS.authority,
            slot="SG.2",
            how=how,
            stands_for=RUTH.id,
            stands_for_name=RUTH.name,
        )
        for how in Presence
        for _ in range(12)
    ]
    for state in MinutesState:
        full = replace(
            written,
            state=state,
            items=tuple(items),
            attended=tuple(people),
            approved_at=gallery.now if state is MinutesState.APPROVED else None,
        )
        page = minutes.Page(
            meeting=meeting,
            committee=NASTY_NAME,
            minutes=full,
            stamp=10_001,
            ways=["minutes.send"],
        )
        gallery.hang(f"fullest minutes {state}", minutes.overview(page, say=say))
        tasks: list[DecisionTask] = []
        shown = minutes.item(page, full.items[0], tasks, writes=False, say=say)
        gallery.hang(f"fullest minuted {state}", shown)
