"""What a notice about deletions says at the hour it is sent."""

from collections.abc import Mapping, Sequence

from cards import life_cycle as cards
from cards.shown import Shown
from cards.words import speak
from domain.delivery import Delivery
from domain.notices import NoticeKind
from domain.people import Language, PersonId
from storage.database import Transaction

KINDS = frozenset({NoticeKind.RELEASE_LISTED})


async def draw_life_cycle(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each in its reader's language; None when there is nothing on the list any more."""
    if not await tx.retention.listings():
        return [None for _ in deliveries]
    people = [each.notice.person for each in deliveries if each.notice.person is not None]
    languages = await tx.people.languages(people)
    return [_letter(each.notice.person, languages) for each in deliveries]


def _letter(
    person: PersonId | None, languages: Mapping[PersonId, Language | None]
) -> Shown | None:
    if person is None or person not in languages:
        return None
    return cards.letter(say=speak(languages[person]))
