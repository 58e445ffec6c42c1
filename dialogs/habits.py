"""What somebody sets for themselves: their language, and whether they are reminded."""

from cards import forms
from cards import help as help_cards
from cards.shown import Shown
from cards.words import speak
from dialogs.offers import Offer, everybody
from dialogs.presses import Do, Verb, alone
from dialogs.turns import Turn
from domain.people import Language
from storage.database import Transaction


def _speaks(language: Language) -> Do:
    async def do(tx: Transaction, turn: Turn) -> Shown:
        await tx.people.set_language(turn.person.id, language)
        say = speak(language)
        return forms.message(
            say("language.title"),
            say("language.body"),
            say=say,
            actions=[(say("button.help"), "help", {})],
        )

    return do


def _reminds(*, paused: bool) -> Do:
    async def do(tx: Transaction, turn: Turn) -> Shown:
        await tx.people.pause(turn.person.id, paused=paused)
        return help_cards.reminders(paused=paused, say=turn.say)

    return do


SPEAKS = (
    Verb(take=alone(_speaks(Language.EN)), words=("engelsk", "english"), typed_only=True),
    Verb(take=alone(_speaks(Language.DA)), words=("dansk", "danish"), typed_only=True),
)
OFFER = Offer(
    verbs={
        "language.english": SPEAKS[0],
        "language.danish": SPEAKS[1],
        "reminders.pause": Verb(
            take=alone(_reminds(paused=True)), words=("pause påmindelser", "pause reminders")
        ),
        "reminders.resume": Verb(
            take=alone(_reminds(paused=False)), words=("genoptag påmindelser", "resume reminders")
        ),
    },
    helps={"help.reminders": everybody, "help.language": everybody},
)
