"""The stories of an effort: applied for, assessed, refused or approved, settled and evaluated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import efforts as cards
from domain.areas import AREAS
from domain.efforts import Assessment, Criteria, Effort, EffortState, Evaluation, Stage
from domain.notices import NoticeKind
from domain.people import Authority
from tests.cards.guests import Gallery, Guest
from tests.cards.trial_stories import NASTY_NAME as NASTY
from tests.support.efforts import AN_APPLICATION, FORM, LEARNED, PURPOSE, REASON
from tests.support.town import ANNA, DORTE, HENRIETTE, LARS, LINE

WORDS = "En god idé, som ledergruppen kender."
LONG = (NASTY * 60)[:2000]  # as much as the form takes
HALF_A_YEAR = timedelta(days=180)


async def effort_stories(gallery: Gallery) -> None:
    """Take one effort all the way, another to a refusal, and back a third."""
    gallery.confided |= {PURPOSE, REASON, WORDS, LEARNED, FORM["title"]}
    await gallery.guest(LINE, "no efforts").types("indsatser")
    await _pool(gallery)
    first = await _applied(gallery, "first")
    await gallery.letter(NoticeKind.EFFORT_APPLIED, first.id, DORTE)
    await _assessed(gallery, first)
    await gallery.letter(NoticeKind.EFFORT_ASSESSED, first.id, LARS)
    await _beyond_the_pool(gallery, first)
    lars = gallery.guest(LARS, "approves")
    await lars.types(f"indsats {first.reference}")
    await lars.presses("effort.approve")
    await lars.presses("effort.open")
    await gallery.letter(NoticeKind.EFFORT_DECIDED, first.id, ANNA)
    await gallery.letter(NoticeKind.EFFORT_DUE, first.id, LARS, after=HALF_A_YEAR)
    await _carried_out(gallery, first)
    second = await _applied(gallery, "second")
    await _assessed(gallery, second)
    await _refused(gallery, second)
    await gallery.letter(NoticeKind.EFFORT_DECIDED, second.id, ANNA)
    third = await _applied(gallery, "third")
    await _opens(gallery.guest(ANNA, "withdraws"), third, "effort.withdraw")
    _at_their_fullest(gallery)


async def _pool(gallery: Gallery) -> None:
    head = gallery.guest(HENRIETTE, "the pool")
    await head.types("indsatser")
    await head.presses("pool.begin")
    await head.presses("form.next", amount="tolv")
    await head.fills({"year": "this", "amount": "10.000"})


async def _sends(guest: Guest, answers: Mapping[str, str]) -> None:
    """See a form of one card blank and refused, and send it."""
    await guest.presses("form.next")
    await guest.fills(answers)


async def _applied(gallery: Gallery, story: str) -> Effort:
    anna = gallery.guest(ANNA, f"effort, {story}")
    begins = gallery.now.date()
    days = {
        key: (begins + timedelta(days=later)).isoformat()
        for key, later in {"from_on": 0, "during_on": 30, "to_on": 60, "end_on": 70}.items()
    }
    await anna.types("indsats")
    form = {**FORM, **days}
    been: set[str] = set()
    while asked := {key: form[key] for key in anna.asked & form.keys()}:
        assert anna.title not in been
        been.add(anna.title)
        await anna.visits({**asked, **({"reason": REASON} if "relevant" in asked else {})})
    await anna.presses("form.send")
    async with gallery.database.transaction() as tx:
        found = await tx.efforts.of_year(begins.year)
    return found[-1]


async def _opens(guest: Guest, effort: Effort, verb: str) -> None:
    await guest.types(f"indsats {effort.reference}")
    await guest.presses(verb)


async def _assessed(gallery: Gallery, effort: Effort) -> None:
    dorte = gallery.guest(DORTE, f"assesses {effort.reference}")
    await _opens(dorte, effort, "effort.assess")
    await _sends(dorte, {"parties": "yes", "relevant": "no", "words": WORDS})


async def _beyond_the_pool(gallery: Gallery, effort: Effort) -> None:
    lars = gallery.guest(LARS, "stops at the pool")
    await _opens(lars, effort, "effort.approve")
    head = gallery.guest(HENRIETTE, "overrides")
    await _opens(head, effort, "effort.override")
    await _sends(head, {"reason": WORDS})


async def _refused(gallery: Gallery, effort: Effort) -> None:
    lars = gallery.guest(LARS, "refuses")
    await _opens(lars, effort, "effort.refuse")
    await _sends(lars, {"reason": WORDS})
    await gallery.guest(ANNA, "is refused").types(f"indsats {effort.reference}")


async def _carried_out(gallery: Gallery, effort: Effort) -> None:
    lars = gallery.guest(LARS, "carries out")
    await _opens(lars, effort, "effort.evaluate")
    await _sends(lars, {"stage": "during", "words": LEARNED})
    await _opens(lars, effort, "effort.settle")
    await _sends(lars, {"spent": "9.999,50", "words": WORDS})
    await lars.types(f"indsats {effort.reference}")
    await lars.types("indsatser")
    await lars.types("hjælp indsats")


def _at_their_fullest(gallery: Gallery) -> None:
    """Show as much as the forms take, with every button there is."""
    say, now = gallery.say, gallery.now
    full = replace(
        AN_APPLICATION,
        reference="I2027-1234",
        state=EffortState.APPROVED,
        title=LONG[:120],
        purpose=LONG,
        areas=tuple(each.code for each in AREAS),
        parties=tuple(Authority),
        criteria=Criteria(together=LONG, relevant=False, relevance=LONG, knowledge=LONG),
        assessment=Assessment(parties=True, relevant=False, words=LONG, by=DORTE.id, at=now),
        decision=LONG,
        override=LONG,
        settlement=LONG,
        spent=1,
        evaluations=tuple(
            Evaluation(stage=each, words=LONG, by=LINE.id, at=now) for each in Stage
        ),
    )
    pool = cards.pool_line(2027, amount=1, left=-1, say=say)
    names = {str(each.id): NASTY for each in (ANNA, LINE, LARS)}
    shown = cards.opened(
        full, names=names, committee=NASTY, pool=pool, ways=cards.WAYS[:5], say=say
    )
    gallery.hang("fullest effort", shown)
    many = [replace(full, id=UUID(int=number)) for number in range(30)]
    listed = cards.listed(many, top=[pool], ways=["effort.begin", "pool.begin"], say=say)
    gallery.hang("fullest list of efforts", listed)
