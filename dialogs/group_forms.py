"""The forms about a concern group: begin it, screen it, end it (GRP-1, GRP-2, GRP-5)."""

from collections.abc import Mapping
from datetime import timedelta

from cards import groups as cards
from cards.shown import Json, Shown
from dialogs.engine import done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, ComingDay, SeveralOffered
from dialogs.presses import Thing
from dialogs.sent import Answers, Sent
from dialogs.things import GROUP
from dialogs.turns import Turn
from domain.access import Action
from domain.areas import AREAS
from domain.concern_groups import REVIEW_WITHIN
from domain.data_classes import DataClass
from domain.office_actions import OfficeAction
from domain.people import AreaCode
from domain.screenings import (
    ALIAS_AT_MOST,
    Screening,
    Target,
    Verdict,
    check_alias,
    check_person_free,
    measures,
)
from storage.database import Transaction
from usecases.keep_group import begin_group, end_group, screen_group
from usecases.permit_office import permit_office
from usecases.see_group import latest_screening, look

NEW_GROUP = Thing(name="group", versioned=False)
REVIEW_AFTER = timedelta(days=42)  # six weeks: three meetings of a coordination group
AREA_NAMES: Mapping[str, str] = {area.code: area.name for area in AREAS}
LISTS = (
    *(f"existing_{verdict.value}" for verdict in Verdict),
    *(f"new_{target.value}" for target in Target),
)


def _words(
    key: str, at_most: int, *, least: int = 1, optional: bool = False, texts: str = ""
) -> Field:
    return Field(
        key=key,
        data=DataClass.SCREENING,
        kind=Text(least=least, at_most=at_most, lines=at_most > ALIAS_AT_MOST),
        optional=optional,
        texts=texts,
    )


def _says_nothing_of_anybody(answers: Answers) -> None:
    """Refuse what names somebody, while its author is still at it."""
    if isinstance(alias := answers.get("alias"), str):
        check_alias(alias)
    for key in ("behaviour", "dynamics", "online", "places", *LISTS):
        if isinstance(text := answers.get(key), str):
            check_person_free(text)
            if key in LISTS:
                measures(text)


ALIAS = _words("alias", ALIAS_AT_MOST, least=3, texts="group")
KNOWN = Field(key="known", data=DataClass.SCREENING, kind=YES_NO, texts="group")
WHERE = Field(key="areas", data=DataClass.METADATA, kind=SeveralOffered(), texts="group")
BEHAVIOUR = _words("behaviour", 1500, least=10, texts="group")
REVIEW_ON = Field(
    key="review_on", data=DataClass.METADATA, kind=ComingDay(within=REVIEW_WITHIN), texts="group"
)


async def _to_begin(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    await permit_office(tx, turn.person, OfficeAction.BEGIN_GROUP)
    return Given(
        offers={WHERE.key: AREA_NAMES},
        known={REVIEW_ON.key: (turn.today + REVIEW_AFTER).isoformat()},
        notes=[turn.say("groups.person_free")],
    )


async def _begin(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    group = await begin_group(
        tx,
        id=sent.id,
        by=turn.person,
        screening=_screening(sent),
        areas=[AreaCode(each) for each in sent.several(WHERE.key)],
        known_before=sent.yes(KNOWN.key),
        review_on=sent.day(REVIEW_ON.key) or turn.today,
        now=turn.at,
    )
    return cards.confirmed(group, "begun", say=turn.say)


BEGIN = Flow(
    name="group",
    about=NEW_GROUP,
    load=_to_begin,
    steps=(
        Step(
            key="what",
            fields=(ALIAS, KNOWN, WHERE, BEHAVIOUR, REVIEW_ON),
            check=_says_nothing_of_anybody,
        ),
        Step(key="review", review=True, texts="group"),
    ),
    finish=_begin,
    keeps_key=False,
)


async def _to_screen(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    looked = await look(tx, id=asking.about, by=turn.person, action=Action.SCREEN, now=turn.at)
    group = looked.group
    found = (await latest_screening(tx, looked)).screening
    known: dict[str, Json] = {
        ALIAS.key: found.alias,
        KNOWN.key: "yes" if group.known_before else "no",
        WHERE.key: [*group.areas],
        BEHAVIOUR.key: found.behaviour,
        "dynamics": found.dynamics,
        "online": found.online,
        "places": found.places,
        **{f"existing_{verdict.value}": "\n".join(w) for verdict, w in found.existing.items()},
        **{f"new_{target.value}": "\n".join(w) for target, w in found.new.items()},
        REVIEW_ON.key: (turn.today + REVIEW_AFTER).isoformat(),
    }
    return Given(
        title=group.reference,
        version=group.version,
        offers={WHERE.key: AREA_NAMES},
        known={key: value for key, value in known.items() if value},
        notes=[turn.say("groups.person_free")],
    )


async def _screen(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    group = await screen_group(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        screening=_screening(sent),
        areas=[AreaCode(each) for each in sent.several(WHERE.key)],
        known_before=sent.yes(KNOWN.key),
        review_on=sent.day(REVIEW_ON.key) or turn.today,
        now=turn.at,
    )
    return cards.confirmed(group, "screened", say=turn.say)


SCREENING = Flow(
    name="screening",
    about=GROUP,
    load=_to_screen,
    steps=(
        Step(
            key="what",
            fields=(ALIAS, KNOWN, WHERE, BEHAVIOUR, _words("dynamics", 1500, optional=True)),
            check=_says_nothing_of_anybody,
        ),
        Step(
            key="where",
            fields=(_words("online", 500, optional=True), _words("places", 500, optional=True)),
            check=_says_nothing_of_anybody,
        ),
        Step(
            key="existing",
            fields=tuple(
                _words(f"existing_{each.value}", 1000, optional=True) for each in Verdict
            ),
            check=_says_nothing_of_anybody,
        ),
        Step(
            key="new",
            fields=tuple(_words(f"new_{each.value}", 1000, optional=True) for each in Target),
            check=_says_nothing_of_anybody,
        ),
        Step(key="who", fields=(_words("participants", 500, least=2), REVIEW_ON)),
        Step(key="review", review=True, texts="group"),
    ),
    finish=_screen,
    keeps_key=False,
)


def _screening(sent: Sent) -> Screening:
    return Screening(
        alias=sent.text(ALIAS.key).strip(),
        behaviour=sent.text(BEHAVIOUR.key),
        dynamics=sent.text("dynamics"),
        online=sent.text("online"),
        places=sent.text("places"),
        existing={each: what for each in Verdict if (what := _listed(sent, "existing", each))},
        new={each: what for each in Target if (what := _listed(sent, "new", each))},
        participants=measures(sent.text("participants")),
    )


def _listed(sent: Sent, what: str, kind: Verdict | Target) -> tuple[str, ...]:
    return measures(sent.text(f"{what}_{kind.value}"))


async def _to_end(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    looked = await look(tx, id=asking.about, by=turn.person, action=Action.END_GROUP, now=turn.at)
    return Given(title=looked.group.reference, version=looked.group.version)


async def _end(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await end_group(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        reason=sent.text("reason"),
        now=turn.at,
    )
    return await done(tx, END, sent, turn)


END = Flow(
    name="group_end",
    about=GROUP,
    load=_to_end,
    steps=(Step(key="why", fields=(_words("reason", 500, least=3),)),),
    finish=_end,
    keeps_key=False,
)
FLOWS = (BEGIN, SCREENING, END)
