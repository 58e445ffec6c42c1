"""The application for an effort: what, by which criteria, for how much and until when (EFF-4)."""

from datetime import date

from cards import efforts as cards
from cards.shown import Shown
from dialogs.fields import Choice, Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.kinds import YES_NO, ComingDay, Offered, SeveralOffered
from dialogs.money import Kroner
from dialogs.sent import Answers, Sent
from dialogs.turns import Turn
from domain.areas import AREAS
from domain.data_classes import DataClass
from domain.efforts import LEAST_PARTIES, Criteria, Effort, EffortKind, in_period
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction
from domain.people import AreaCode, Authority, CommitteeCode, PersonId
from storage.database import Transaction
from usecases.apply_for_effort import apply_for_effort
from usecases.effort_people import contacts, leads
from usecases.permit_office import permit_office

FACT = DataClass.METADATA
DAYS = ("from_on", "to_on", "during_on", "end_on")
WORDS = Text(least=10, at_most=2000, lines=True)


async def _load_application(tx: Transaction, asking: Asking) -> Given:
    """Offer the people who can lead it, and the leaders of the areas that were chosen."""
    turn, answers = asking.turn, asking.answers
    await permit_office(tx, turn.person, OfficeAction.APPLY_FOR_EFFORT)
    chosen = answers.get("areas")
    areas = {AreaCode(str(each)) for each in chosen} if isinstance(chosen, list) else set()
    local = answers.get("kind") == EffortKind.LOCAL
    found = await contacts(tx, areas=areas, local=local)
    return Given(
        offers={
            "areas": {area.code: area.name for area in AREAS},
            "lead": await leads(tx, turn.person),
            "contact": found,
        }
    )


def _two_parties(answers: Answers) -> None:
    parties = answers["parties"]
    if not isinstance(parties, list) or len(parties) < LEAST_PARTIES:
        raise RuleBroken("effort.two_parties")


def _period(answers: Answers) -> None:
    from_on, to_on, during_on, end_on = (date.fromisoformat(str(answers[key])) for key in DAYS)
    in_period(from_on, to_on, during_on=during_on, end_on=end_on)
    if answers["lead"] == answers["contact"]:
        raise RuleBroken("effort.same_person")


async def _apply(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    relevant = sent.yes("relevant")
    from_on, to_on, during_on, end_on = (sent.day(key) or turn.today for key in DAYS)
    effort = Effort(
        id=sent.id,
        reference="",
        kind=EffortKind(sent.text("kind")),
        title=sent.text("title"),
        purpose=sent.text("purpose"),
        areas=tuple(map(AreaCode, sent.several("areas"))),
        parties=tuple(map(Authority, sent.several("parties"))),
        criteria=Criteria(
            together=sent.text("together"),
            relevant=relevant,
            relevance=sent.text("evidence" if relevant else "reason"),
            knowledge=sent.text("knowledge"),
        ),
        committee=CommitteeCode(""),
        year=from_on.year,
        amount=sent.number("amount") or 0,
        lead=PersonId(sent.text("lead")),
        contact=PersonId(sent.text("contact")),
        applied_by=turn.person.id,
        applied_at=turn.at,
        from_on=from_on,
        to_on=to_on,
        during_on=during_on,
        end_on=end_on,
    )
    return cards.done(await apply_for_effort(tx, effort, by=turn.person), "sent", say=turn.say)


APPLICATION = Flow(
    name="effort",
    load=_load_application,
    narrows=True,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="title", kind=Text(least=3, at_most=120), data=FACT),
                Field(
                    key="kind",
                    kind=Choice(names=tuple(EffortKind), texts="effort.kind"),
                    data=FACT,
                ),
                Field(key="areas", kind=SeveralOffered(), data=FACT),
                Field(key="purpose", kind=WORDS, data=FACT),
            ),
        ),
        Step(
            key="criteria",
            fields=(
                Field(
                    key="parties",
                    kind=Several(names=tuple(Authority), texts="authority"),
                    data=FACT,
                ),
                Field(key="together", kind=WORDS, data=FACT),
                Field(key="relevant", kind=YES_NO, data=FACT),
                Field(key="evidence", kind=WORDS, data=FACT, shown=is_("relevant", "yes")),
                Field(key="reason", kind=WORDS, data=FACT, shown=is_("relevant", "no")),
                Field(key="knowledge", kind=WORDS, data=FACT),
            ),
            check=_two_parties,
        ),
        Step(
            key="plan",
            fields=(
                Field(key="amount", kind=Kroner(), data=FACT),
                Field(key="lead", kind=Offered(), data=FACT),
                Field(key="contact", kind=Offered(), data=FACT),
                *(Field(key=key, kind=ComingDay(), data=FACT) for key in DAYS),
            ),
            check=_period,
        ),
        Step(key="review", review=True),
    ),
    finish=_apply,
    keeps_key=False,
)
