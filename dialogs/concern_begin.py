"""How a concern or an enquiry is begun: by asking for it, or by simply writing what worries."""

from cards import help as help_cards
from cards.shown import Shown
from dialogs import engine
from dialogs.concern_report import CONCERN_REPORT
from dialogs.flow import Flow
from dialogs.offers import Offer, everybody
from dialogs.presses import Do, Verb, alone
from dialogs.progress import Progress
from dialogs.short_forms import ENQUIRY
from dialogs.turns import Turn
from domain.areas import AREAS
from domain.hints import hints
from storage.database import Transaction

LEAST_WORDS = 4


def _opens(flow: Flow) -> Do:
    async def do(tx: Transaction, turn: Turn) -> Shown:
        if flow is CONCERN_REPORT and not turn.person.s115_covered:
            return help_cards.not_covered(say=turn.say)
        for draft in await tx.drafts.all_of(turn.person.id, now=turn.at):
            if draft.flow == flow.name:
                return await engine.resume(tx, await engine.at(tx, flow, draft, turn))
        return await engine.begin(tx, flow, turn, Progress())

    return do


async def free_words(tx: Transaction, turn: Turn, *, has_draft: bool) -> Shown:
    """Offer the form to somebody who wrote what they are worried about (§4.7)."""
    found = hints(turn.said, areas=AREAS)
    because = [*found.age.words, *found.area.words, *found.level.words]
    if has_draft or not because or len(turn.said.split()) < LEAST_WORDS:
        return help_cards.not_understood(has_draft=has_draft, say=turn.say)
    if not turn.person.s115_covered:
        return help_cards.not_covered(say=turn.say)
    await engine.begin(tx, CONCERN_REPORT, turn, Progress(first_words=turn.said), listens=False)
    return help_cards.sounds_like_a_concern(say=turn.say)


OFFER = Offer(
    verbs={
        "concern.begin": Verb(
            take=alone(_opens(CONCERN_REPORT)),
            words=("bekymring", "concern", "ny bekymring", "report"),
        ),
        "enquiry.begin": Verb(take=alone(_opens(ENQUIRY)), words=("henvendelse", "enquiry")),
    },
    flows=(CONCERN_REPORT, ENQUIRY),
    helps={"help.concern": everybody},
)
