"""How a concern or an enquiry is begun: by asking for it, or by simply writing what worries."""

from cards import help as help_cards
from cards.shown import Shown
from dialogs import engine
from dialogs.alert_logbook import offer_log
from dialogs.concern_report import CONCERN_REPORT
from dialogs.offers import Offer, everybody
from dialogs.presses import Aim, Verb
from dialogs.progress import Progress
from dialogs.short_forms import ENQUIRY
from dialogs.turns import Turn
from domain.areas import AREAS
from domain.hints import hints
from storage.database import Transaction

LEAST_WORDS = 4


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    if not turn.person.s115_covered:
        return help_cards.not_covered(say=turn.say)
    return await engine.begins(CONCERN_REPORT)(tx, turn, aim)


async def free_words(tx: Transaction, turn: Turn, *, has_draft: bool, meant: str) -> Shown:
    """Offer the form to somebody who wrote what they are worried about (§4.7).

    :param meant: the command that they may have mistyped.
    """
    if meant:
        return help_cards.not_understood(meant=meant, has_draft=has_draft, say=turn.say)
    found = hints(turn.said, areas=AREAS)
    because = [*found.age.words, *found.area.words, *found.level.words]
    for_log = await offer_log(tx, turn, has_draft=has_draft)
    if for_log is not None:
        return for_log
    if has_draft or not because or len(turn.said.split()) < LEAST_WORDS:
        return help_cards.not_understood(meant="", has_draft=has_draft, say=turn.say)
    if not turn.person.s115_covered:
        return help_cards.not_covered(say=turn.say)
    await engine.begin(tx, CONCERN_REPORT, turn, Progress(first_words=turn.said), listens=False)
    return help_cards.sounds_like_a_concern(say=turn.say)


OFFER = Offer(
    verbs={
        "concern.begin": Verb(
            take=_open,
            words=("bekymring", "concern", "ny bekymring", "report"),
        ),
        "enquiry.begin": Verb(take=engine.begins(ENQUIRY), words=("henvendelse", "enquiry")),
    },
    flows=(CONCERN_REPORT, ENQUIRY),
    helps={"help.concern": everybody, "help.enquiry": everybody},
)
