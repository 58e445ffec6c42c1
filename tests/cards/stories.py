"""The stories that fill the gallery: every card in every state, by really asking for it."""

from dataclasses import replace
from uuid import UUID, uuid4

from cards import concerns as cards
from cards import help as help_cards
from cards import reports
from cards.trouble import trouble
from domain.concerns import Status
from domain.delivery import Delivery
from domain.drafts import REMIND_AFTER
from domain.notices import Notice, NoticeKind
from domain.people import Language, Person
from domain.troubles import Trouble, TroubleCode
from scheduler.draw_notices import draw
from tests.cards.agenda_stories import agenda_stories
from tests.cards.answers import (
    LONGEST,
    NAMELESS,
    NASTY,
    ORDINARY,
    PLAIN,
    WARNING_TEXT,
    WORRY,
)
from tests.cards.case_stories import case_stories
from tests.cards.effort_stories import effort_stories
from tests.cards.everyday_stories import everyday_stories
from tests.cards.form_stories import every_form
from tests.cards.group_stories import group_stories
from tests.cards.guests import Gallery, open_gallery, sent
from tests.cards.intake_stories import intake_stories
from tests.cards.legal_stories import legal_stories
from tests.cards.life_stories import life_stories
from tests.cards.meet_stories import meet_stories
from tests.cards.plus_stories import plus_stories
from tests.cards.readiness_stories import readiness_stories
from tests.cards.refusal_stories import refusals
from tests.cards.register_stories import register_stories
from tests.cards.role_stories import role_stories
from tests.cards.trial_stories import trial_stories
from tests.cards.yearplan_stories import yearplan_stories
from tests.support.town import ANNA, BO, CARL, DENNIS, DORTE, EVA, HELLE, PIA, SOFIE, VALBY_GROUP

VALBY = VALBY_GROUP.code
GATE = {"c1": "yes", "c2": "yes", "c3": "yes"}
HERE = {  # the other notices are drawn where their stories are told
    *(cards.TASKS.keys() - {NoticeKind.WITHDRAWAL_ASKED}),
    NoticeKind.CONCERN_STATUS,
    NoticeKind.CONCERN_PING,
    NoticeKind.DRAFT_REMINDER,
}


async def all_stories(url: str, language: Language) -> Gallery:
    """Fill a gallery in one language, on a new database."""
    async with open_gallery(url, language) as gallery:
        await _greetings(gallery)
        await effort_stories(gallery)
        await register_stories(gallery)
        await _every_step(gallery)
        await _suggestions(gallery)
        await _ways_out(gallery)
        await _diversions(gallery)
        await _short_forms(gallery)
        await _handling(gallery)
        await _extremes(gallery)
        await _notices(gallery)
        await trial_stories(gallery)
        await everyday_stories(gallery)
        await case_stories(gallery)
        await plus_stories(gallery)
        await life_stories(gallery)
        await intake_stories(gallery)
        await legal_stories(gallery)
        await group_stories(gallery)
        await meet_stories(gallery)
        await role_stories(gallery)
        await yearplan_stories(gallery)
        await agenda_stories(gallery)
        await readiness_stories(gallery)
        every_form(gallery)
        await _statuses(gallery)
        await refusals(gallery)
    return gallery


async def _greetings(gallery: Gallery) -> None:
    say = gallery.say
    gallery.hang("welcome", help_cards.welcome(say=say))
    gallery.hang("introduced", help_cards.introduced(by="Bo Havrelygte", say=say))
    gallery.hang("introduced by nobody", help_cards.introduced(by="", say=say))
    gallery.hang("not known", help_cards.not_known(say=say))
    gallery.hang("fault", help_cards.fault("A1B2C3", say=say))
    for person in (ANNA, BO):
        guest = gallery.guest(person, f"greeting {person.id}")
        await guest.types("hjælp")
        await guest.types("mine bekymringer")
        await guest.types("nye bekymringer")
        await guest.types("vrøvl og vås")
        await guest.types("bekymring", in_private=False)
    await gallery.guest(BO, "reminders").types("pause påmindelser")
    await gallery.guest(BO, "reminders").types("genoptag påmindelser")
    await gallery.guest(DENNIS, "language").types("english")
    await gallery.guest(DENNIS, "language").types("dansk")


async def _every_step(gallery: Gallery) -> None:
    """See each step blank, refused, filled in, with what opens, and come back to; then send."""
    anna = gallery.guest(ANNA, "steps")
    await anna.types("bekymring")
    for step, inputs in ORDINARY.items():
        if step == "criteria":  # the wording step comes between, for a text like this
            await anna.presses("form.back")
            await anna.fills({"observed": WARNING_TEXT})
            await anna.visits({"cpr_in_text": "mask"})
        await anna.visits(inputs)
    await anna.presses("form.correct")
    await anna.presses("form.correct", step="about")
    await anna.presses("form.next")
    await anna.presses("form.send")


async def _suggestions(gallery: Gallery) -> None:
    """Simply write what worries one; take the suggestions at one step, refuse them at another."""
    anna = gallery.guest(ANNA, "suggestions")
    await anna.confides(WORRY)
    await anna.presses("form.resume")
    for step in ("safety", "person", "about", "concern", "criteria"):
        await anna.visits(NAMELESS if step == "person" else PLAIN[step])
    await anna.presses("form.dismiss")
    await anna.presses("form.cancel")
    await anna.presses("form.yes")
    await anna.confides(WORRY)
    await anna.presses("form.discard")


async def _ways_out(gallery: Gallery) -> None:
    """Close a branch, save, cancel, press an outdated card, and one whose form has gone."""
    anna = gallery.guest(ANNA, "ways out")
    await anna.types("bekymring")
    old = anna.card["actions"][0]
    await anna.fills(PLAIN["safety"])
    await anna.presses("form.back")
    await anna.presses("form.next", relation="no", notified="will")
    await anna.presses("form.no")
    await anna.presses("form.next", relation="no", notified="will")
    await anna.presses("form.yes")
    await anna.sends(old["verb"], old["data"])
    await anna.presses("form.next")
    await anna.presses("form.next", cpr="12", born="31.12.2999", description="kort")
    await anna.presses("form.next", cpr="611012-0000", born="", description="Ung med rød cykel")
    await anna.presses("form.next", born="2012-10-02")
    await anna.presses("form.save")
    await anna.presses("form.resume")
    await anna.presses("form.cancel")
    await anna.presses("form.no")
    await anna.presses("form.cancel")
    gone = anna.card["actions"][0]
    await anna.presses("form.yes")
    await anna.sends(gone["verb"], gone["data"])
    await anna.types("fortsæt")


async def _diversions(gallery: Gallery) -> None:
    for born in ("2019-01-01", "1990-01-01"):
        anna = gallery.guest(ANNA, f"diverted {born}")
        await anna.types("bekymring")
        await anna.fills(PLAIN["safety"])
        await anna.fills({"name": "Ida", "born": born})
    anna = gallery.guest(ANNA, "diverted relation")
    await anna.types("bekymring")
    await anna.fills({**PLAIN["safety"], "relation": "me"})


async def _short_forms(gallery: Gallery) -> None:
    helle = gallery.guest(HELLE, "enquiry")
    await helle.types("bekymring")
    await helle.presses("enquiry.begin")
    await helle.visits({"matter": "Hvordan taler vi med forældre om hash i kælderen?"})
    await helle.presses("form.send")
    await helle.types("henvendelse")
    await helle.presses("form.cancel")
    await helle.presses("form.yes")
    dorte = gallery.guest(DORTE, "enquiry read")
    await dorte.types("nye bekymringer")
    await dorte.presses("concern.open")
    await dorte.presses("concern.clear")


async def _handling(gallery: Gallery) -> None:
    """A concern is opened, read by many, moved, taken up, added to, and left."""
    concern = await sent(gallery, "plain", PLAIN)
    anna = gallery.guest(ANNA, "followed")
    await anna.types("mine bekymringer")
    await anna.presses("concern.add")
    await anna.presses("form.cancel")
    await anna.presses("form.yes")
    await anna.presses("addition.begin")
    await anna.presses("concern.add")
    await anna.visits({"more": "Det er sket igen i går aftes"})
    await anna.presses("form.send")
    bo = gallery.guest(BO, "handled")
    await bo.types("nye bekymringer")
    await bo.types(f"åbn {concern.reference}")
    await bo.presses("concern.clear")
    await bo.presses("concern.reroute")
    await bo.fills({"to": "triage", "reason": "other", "note": "Hører til hos Sekretariatet"})
    await bo.presses("form.cancel")
    await bo.presses("form.yes")
    await bo.presses("concern.open")
    for person in (CARL, SOFIE):
        member = gallery.guest(person, f"read by {person.id}")
        await member.types(f"åbn {concern.reference}")
        await member.presses("concern.clear")
    await bo.presses("concern.take_up")
    await bo.presses("concern.open")
    await gallery.guest(ANNA, "too late").types(f"træk tilbage {concern.reference}")
    moving = await sent(gallery, "moving", PLAIN)
    bo = gallery.guest(BO, "moved")
    await bo.types(f"nej {moving.reference}")
    await bo.presses("concern.reroute")
    await bo.fills({"to": "KG6", "reason": "wrong_area", "note": "Bor i Vanløse nu"})
    await bo.fills(GATE)
    await bo.fills({"necessity": "Gruppen i Vanløse kan kun hjælpe, når den kender ham."})
    await bo.fills({"sensitive": "none"})
    await bo.presses("form.send")
    eva = gallery.guest(EVA, "stepped aside")
    await eva.types(f"åbn {moving.reference}")
    await eva.presses("concern.step_aside")
    back = await sent(gallery, "taken back", PLAIN)
    await gallery.guest(ANNA, "withdrawn").types(f"træk tilbage {back.reference}")


async def _extremes(gallery: Gallery) -> None:
    """The longest concern there is room for, and one that tries to be more than text."""
    for story, answers in (("longest", LONGEST), ("hostile", NASTY)):
        concern = await sent(gallery, story, answers)
        anna = gallery.guest(ANNA, f"{story} added")
        await anna.types(f"tilføj {concern.reference}")
        await anna.visits({"more": answers["concern"]["observed"][:2000]})
        await anna.presses("form.send")
        dorte = gallery.guest(DORTE, f"{story} read")
        await dorte.types(f"åbn {concern.reference}")
        await dorte.presses("concern.clear")
    await gallery.guest(PIA, "nothing waits").types("nye bekymringer")


async def _notices(gallery: Gallery) -> None:
    """Draw each kind of notice as it is drawn when it is sent."""
    concern = await sent(gallery, "noticed", PLAIN)
    guest = gallery.guest(SOFIE, "reminded")
    await guest.types("bekymring")
    async with gallery.database.transaction() as tx:
        draft = await tx.drafts.of(SOFIE.id, now=gallery.now)
        assert draft is not None
        for kind in sorted(HERE):
            to, about = _told(kind, concern.id, draft.id)
            notice = Notice(
                kind=kind,
                about=about,
                due_at=gallery.now + REMIND_AFTER,
                person=None if kind is NoticeKind.CONCERN_PING else to.id,
                channel=VALBY if kind is NoticeKind.CONCERN_PING else None,
            )
            delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
            [shown] = await draw(tx, [delivery], checks={}, now=gallery.now)
            gallery.hang(f"notice {kind}", shown)


def _told(kind: NoticeKind, concern: UUID, draft: UUID) -> tuple[Person, UUID]:
    match kind:
        case NoticeKind.DRAFT_REMINDER:
            return SOFIE, draft
        case NoticeKind.CONCERN_STATUS:
            return ANNA, concern
        case _:
            return BO, concern


async def _statuses(gallery: Gallery) -> None:
    """Show a concern wherever it may stand, also where nobody can bring it yet."""
    say = gallery.say
    async with gallery.database.transaction() as tx:
        one = (await tx.concerns.of_reporter(ANNA.id))[0]
    many = [replace(one, id=uuid4(), status=status) for status in Status]
    for concern in many:
        gallery.hang(f"stands {concern.status}", cards.stands(concern, by_me=False, say=say))
        gallery.hang(f"told {concern.status}", reports.reporter_told(concern, say=say))
    gallery.hang("stands mine", cards.stands(many[2], by_me=True, say=say))
    moved = replace(one, reasons=(*one.reasons, "reroute.wrong_area"))
    gallery.hang("mine all", reports.mine([*many, moved], say=say))
    gallery.hang("mine most", reports.mine(many * 4, say=say))
    gallery.hang("waiting most", cards.waiting(many * 4, say=say))
    triaged = replace(one, group=None, area=None, status=Status.TRIAGE)
    gallery.hang("received in triage", reports.received(triaged, group=None, say=say))
    for code in TroubleCode:
        late = Trouble(code=code, count=1204, since=gallery.now)
        gallery.hang(f"trouble {code}", trouble(late, say=say))
