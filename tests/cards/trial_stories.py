"""The stories of a trial: its cards at every stage, and with the most people there can be."""

from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from uuid import UUID

from cards import reaching, trials
from domain.delivery import Address, Delivery, DeliveryState, Standing
from domain.installing import FAILED
from domain.leadership import Roster
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Authority, Membership, Person, PersonId
from domain.reachability import Lack, Report, ToCall, counted, groups
from domain.trials import Audience, Followed, Preview, Trial
from scheduler.draw_notices import draw
from tests.cards.guests import Gallery
from tests.support.organisation_changes import with_leader
from tests.support.town import ANNA, DORTE, EVA, MONDAY_NOON, ORGANISATION, SOFIE, VALBY_GROUP
from tests.support.townspeople import LEADERS
from usecases.reach_otherwise import reach_otherwise

MANY = 400
NASTY_NAME = "Rikke **fed** [x](https://x.example) <b>Rosenkilde-Andersen</b>"
CROWD = [
    Person(
        id=PersonId(f"person-{number}"),
        aad_id=f"aad-{number}",
        name=f"{number} {NASTY_NAME}",
        authority=list(Authority)[number % len(Authority)],
        function="Kriminalitetsmedarbejder",
        email="",
        phone="+45 00 00 00 00",
    )
    for number in range(MANY)
]
TRIAL = Trial(id=UUID(int=1), begun_by=DORTE.id, begun_at=MONDAY_NOON, audience=Audience.EVERYBODY)


async def trial_stories(gallery: Gallery) -> None:
    """Begin, follow, answer and telephone; then see each card at its fullest."""
    await _one_trial(gallery)
    _at_their_fullest(gallery)


async def _one_trial(gallery: Gallery) -> None:
    await _a_leader(gallery)
    dorte = gallery.guest(DORTE, "trial")
    await dorte.types("ringeliste")
    await dorte.types("prøve status")
    await dorte.types("rækkevidde")
    await dorte.types("installér appen")
    await dorte.types("prøveudsendelse")
    await dorte.sends("trial.preview", {"audience": "everybody"})
    await dorte.presses("trial.begin")
    await dorte.types("prøveudsendelse alle")
    await dorte.presses("trial.open")
    await dorte.types("prøveudsendelse ledere")
    await dorte.presses("trial.begin_another")
    await gallery.guest(DORTE, "trial again").types("prøveudsendelse alle send igen")
    await gallery.guest(ANNA, "trial answered").types("modtaget")
    await gallery.guest(ANNA, "trial refused").types("prøveudsendelse")
    await _unreached(gallery)
    dorte = gallery.guest(DORTE, "trial followed")
    await dorte.types("prøve status")
    await dorte.presses("trial.confirm")
    await dorte.types("prøve status")
    await dorte.presses("trial.stand")
    await dorte.presses("trial.confirm", person=EVA.id)
    await dorte.types("ringeliste")
    await dorte.presses("call_list.confirm")
    await dorte.types("ringeliste")
    await dorte.presses("call_list.confirm", person=SOFIE.id)
    await dorte.types("prøve status")
    await dorte.presses("trial.cancel")
    await gallery.guest(EVA, "reachability").types("rækkevidde")


async def _a_leader(gallery: Gallery) -> None:
    """Eva leads, and has been heard; the others have never been."""
    people = tuple(replace(each, language=gallery.language) for each in ORGANISATION.people)
    address = Address(conversation_id="chat", service_url="https://t.example/", tenant_id="t")
    async with gallery.database.transaction() as tx:
        await tx.organisation.replace(with_leader(replace(ORGANISATION, people=people), EVA))
        await tx.addresses.learn(EVA.id, address, now=gallery.now)


async def _unreached(gallery: Gallery) -> None:
    """Sofie is not reached; draw the letters, hers as a repeated one, and who hears of it."""
    async with gallery.database.transaction() as tx:
        trial = await tx.trials.latest()
        assert trial is not None
        claimed = await tx.outbox.claim(
            now=gallery.now, lease=timedelta(seconds=10), at_most=1_000
        )
        [hers] = [
            each
            for each in claimed
            if each.notice.person == SOFIE.id and each.notice.about == trial.id
        ]
        for story, letter in (("notice trial", hers), ("repeated", replace(hers, repeated=True))):
            [shown] = await draw(tx, [letter], checks={}, now=gallery.now)
            gallery.hang(story, shown)
        state = DeliveryState.BLOCKED
        await tx.outbox.end(hers, state, now=gallery.now)
        await reach_otherwise(tx, hers, state=state, mail=True, now=gallery.now)
        for reader, of in ((EVA, ""), (DORTE, " to the Secretariat")):
            for kind in (NoticeKind.UNREACHED_TOLD, NoticeKind.REACHABILITY):
                notice = Notice(kind=kind, about=trial.id, due_at=gallery.now, person=reader.id)
                delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
                [shown] = await draw(tx, [delivery], checks={}, now=gallery.now)
                gallery.hang(f"notice {kind}{of}", shown)


def _at_their_fullest(gallery: Gallery) -> None:
    """Four hundred people with long names, in every state there is."""
    say = gallery.say
    states = list(DeliveryState)
    people = {each.id: each for each in CROWD}
    standings = [
        Standing(
            person=each.id,
            state=states[number % len(states)],
            repeated=False,
            ended_at=None,
            acknowledged_at=None,
            acknowledged_via=None,
        )
        for number, each in enumerate(CROWD)
    ]
    followed = Followed(
        trial=TRIAL, begun_by=CROWD[0], at=gallery.now, standings=standings, people=people
    )
    gallery.hang("fullest standing", trials.standing(followed, say=say))
    everybody = Preview(
        audience=Audience.EVERYBODY,
        tiers={Tier.ALERT_LEADERS: 40, Tier.ALERT_GROUPS: 120, Tier.ALERT: 240},
        authorities=dict.fromkeys(Authority, (0, 67)),
        unreachable=[(each, Lack.APP_MISSING) for each in CROWD],
        under_way=TRIAL,
    )
    nobody = replace(
        everybody,
        authorities=dict.fromkeys(Authority, (67, 67)),
        unreachable=[],
        under_way=None,
    )
    for story, preview in (("fullest", everybody), ("emptiest", nobody)):
        shown = trials.preview(preview, id=TRIAL.id, say=say)
        gallery.hang(f"{story} preview", shown)
    blocked = [(each, DeliveryState.BLOCKED) for each in CROWD]
    gallery.hang("fullest unreached", reaching.unreached(TRIAL, blocked, say=say))
    called = [
        (each, ToCall(person=each.id, about=TRIAL.id, why=why, since=gallery.now), None)
        for each, why in blocked
    ]
    gallery.hang("fullest call list", reaching.call_list(called, say=say))
    gallery.hang("fullest reachability", reaching.reachability(_report(), at=gallery.now, say=say))


def _report() -> Report:
    """Everybody lacks everything, as the leader of one authority sees it."""
    roster = Roster.of(
        people=CROWD,
        committees=[VALBY_GROUP, LEADERS],
        memberships=[
            Membership(committee=VALBY_GROUP.code, person=each.id, slot="KG.1") for each in CROWD
        ],
    )
    found = {each.id: frozenset(Lack) for each in CROWD}
    installs = dict(zip((each.id for each in CROWD), cycle(sorted(FAILED)), strict=False))
    return Report(
        groups=[
            counted(each, found, with_names=each.area is None, installs=installs)
            for each in groups(roster)
            if each.authority is Authority.BUF
        ],
        people=roster.people,
        installs=installs,
    )
