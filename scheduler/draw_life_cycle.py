"""What a notice about deletions, or about a request for access, says when it is sent."""

from collections.abc import Mapping, Sequence

from cards import access_requests as access_cards
from cards import life_cycle as cards
from cards.shown import Shown
from cards.words import Say, speak
from domain.access import Action, can
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from domain.people import Language, PersonId
from storage.database import Transaction
from usecases.permit import actor_of

KINDS = frozenset({NoticeKind.RELEASE_LISTED, NoticeKind.ACCESS_DUE})


async def draw_life_cycle(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each in its reader's language; None when there is nothing to do any more."""
    people = [each.notice.person for each in deliveries if each.notice.person is not None]
    languages = await tx.people.languages(people)
    return [await _draw(tx, each.notice, languages) for each in deliveries]


async def _draw(
    tx: Transaction, notice: Notice, languages: Mapping[PersonId, Language | None]
) -> Shown | None:
    if notice.person is None or notice.person not in languages:
        return None
    say = speak(languages[notice.person])
    if notice.kind is NoticeKind.RELEASE_LISTED:
        return cards.letter(say=say) if await tx.retention.listings() else None
    return await _access(tx, notice, notice.person, say)


async def _access(tx: Transaction, notice: Notice, person: PersonId, say: Say) -> Shown | None:
    """Remind whoever may still answer it, while it waits."""
    request = await tx.access_requests.find(notice.about)
    case = None if request is None else await tx.cases.find(request.case)
    if request is None or case is None or not request.is_open:
        return None
    matter = await tx.matters.of_case(case, now=notice.due_at)
    actor = await actor_of(tx, await tx.people.get(person))
    if not can(actor, Action.ACCESS_REQUEST, matter):
        return None
    return access_cards.letter(request, say=say)
