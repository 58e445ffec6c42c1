"""What people try in years of case work: each act asks the use cases, and may hear no."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from dialogs.countersign_kinds import KINDS
from domain.assessments import Verdict
from domain.case_actions import ActionStatus
from domain.cases import Case, CloseReason, PlusType
from domain.concerns import Concern
from domain.coordination import ChildView, LifeArea, Seen, View
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.informings import InformState
from domain.matters import MatterKind
from domain.people import AreaCode, Person
from domain.plus import Criterion
from storage.database import Transaction
from tests.support.townspeople import EVERYBODY, SANNE
from tests.support.years import Years, Youth, judged
from usecases import countersign
from usecases.agree_action import complete_action
from usecases.answer_handover import accept_handover, decline_handover
from usecases.assess_plus import Assessed, assess_plus
from usecases.close_case import ask_to_close, ask_to_reopen
from usecases.coordinate_case import (
    Coordinated,
    NewAction,
    begin_coordination,
    record_coordination,
)
from usecases.hand_over import Proposal, propose_handover
from usecases.handle_concern import open_concern, take_up_concern
from usecases.read_case import open_case
from usecases.recuse import step_aside
from usecases.submit_concern import Reported, submit_concern
from usecases.take_into_case import link_concern, look_for_case, open_case_from

SEEN = dict.fromkeys(LifeArea, Seen.UNKNOWN)
CODES = {1: "L1.a", 2: "L2.b", 3: "L3.a", 4: "L4.a"}


class YearsOfWork(Years):
    async def reports(
        self, reporter: Person, youth: Youth, *, area: str, level: int, sensitive: bool
    ) -> Concern | None:
        by = await self.who(reporter)
        if not by.active:
            return None
        concern = uuid4()
        said = {"observed": youth.words[-1], "sensitive": ["health"] if sensitive else ["none"]}
        return await self.does(
            lambda tx: submit_concern(
                tx,
                id=concern,
                reporter=by,
                reported=Reported(
                    born=youth.born,
                    name_known=True,
                    area=AreaCode(area),
                    elsewhere=False,
                    level=level,
                    criteria=frozenset(),
                ),
                judged=judged(sensitive=sensitive),
                parts={
                    DataClass.IDENTITY: {"name": youth.name, "born": youth.born.isoformat()},
                    DataClass.CPR: {"cpr": youth.cpr},
                    DataClass.TEXT: said,
                },
                now=self.now,
            )
        )

    async def steps_aside(self, person: Person, kind: MatterKind, id: UUID) -> None:
        by = await self.who(person)
        done = await self.does(lambda tx: step_aside(tx, kind=kind, id=id, by=by, now=self.now))
        if done is not None:
            self.near.add((person.id, id))

    async def takes_up(self, person: Person, concern: Concern) -> None:
        by = await self.who(person)
        await self.does(
            lambda tx: open_concern(tx, id=concern.id, by=by, no_relation=True, now=self.now)
        )
        await self.sends(
            lambda tx: take_up_concern(
                tx, id=concern.id, seen=concern.version, by=by, now=self.now
            )
        )

    async def takes_into_a_case(self, person: Person, concern: Concern, case: UUID) -> None:
        """Open a case for a concern, or put it into the one there is."""
        by = await self.who(person)
        await self.does(
            lambda tx: open_concern(tx, id=concern.id, by=by, no_relation=True, now=self.now)
        )

        async def either(tx: Transaction) -> object:
            found, known = await look_for_case(tx, concern=concern.id, by=by, now=self.now)
            if known.same is None:
                return await open_case_from(
                    tx,
                    id=case,
                    concern=concern.id,
                    seen=found.version,
                    by=by,
                    now=self.now,
                )
            return await link_concern(
                tx,
                concern=concern.id,
                case=known.same.id,
                seen=found.version,
                by=by,
                now=self.now,
            )

        await self.sends(either)

    async def reads(self, person: Person, case: UUID) -> object:
        by = await self.who(person)
        return await self.does(
            lambda tx: open_case(tx, id=case, by=by, no_relation=True, now=self.now)
        )

    async def coordinates(
        self, person: Person, case: Case, *, id: UUID, level: int, owner: Person | None, last: bool
    ) -> None:
        by = await self.who(person)
        begun = await self.does(
            lambda tx: begin_coordination(tx, id=case.id, seen=case.version, by=by, now=self.now)
        )
        follow_up = None if last else local_date(self.now) + timedelta(days=14)
        due = local_date(self.now) + timedelta(days=7)
        said = Coordinated(
            participants=[by.id],
            view=View(risks=SEEN, protections=SEEN),
            level=level,
            codes=[CODES[level]],
            reason="Han er set med de ældre.",
            child_view=ChildView(heard=True, words="Han vil gerne i gang igen."),
            actions=[NewAction(what="Tal med træneren", owner=owner.id, due_on=due)]
            if owner
            else [],
            no_action_because="" if owner else "Der er ikke mere at aftale.",
            follow_up_on=follow_up,
        )
        await self.sends(
            lambda tx: record_coordination(
                tx,
                id=id,
                case=case.id,
                seen=begun.version if begun else case.version,
                by=by,
                said=said,
                now=self.now,
            )
        )

    async def completes(self, action: UUID, seen: int, owner: Person) -> None:
        by = await self.who(owner)
        await self.sends(
            lambda tx: complete_action(
                tx, id=action, seen=seen, by=by, result="Det er gjort.", now=self.now
            )
        )

    async def does_all_actions(self, case: Case) -> None:
        """Let everybody do what they promised in a case."""
        async with self.database.transaction() as tx:
            agreed = await tx.actions.of_case(case.id)
        for each in agreed:
            if each.status is ActionStatus.OPEN:
                [owner] = [person for person in EVERYBODY if person.id == each.owner]
                await self.completes(each.id, each.version, owner)

    async def informs(self, case: Case) -> None:
        """Let the family be told, so that nothing about that is in the way."""
        async with self.database.transaction() as tx:
            for each in await tx.informings.of_case(case.id):
                await tx.informings.save(replace(each, state=InformState.INFORMED))

    async def asks_to_close(self, person: Person, case: Case, *, id: UUID) -> None:
        by = await self.who(person)
        await self.sends(
            lambda tx: ask_to_close(
                tx,
                id=id,
                case=case.id,
                seen=case.version,
                by=by,
                reason=CloseReason.COORDINATION_DONE,
                words="Gruppen har gjort, hvad den kan.",
                now=self.now,
            )
        )

    async def asks_to_reopen(self, person: Person, case: Case, *, id: UUID) -> None:
        by = await self.who(person)
        await self.sends(
            lambda tx: ask_to_reopen(
                tx,
                id=id,
                case=case.id,
                seen=case.version,
                by=by,
                words="Der er nyt om ham.",
                now=self.now,
            )
        )

    async def answers(self, person: Person) -> None:
        """Agree to whatever waits for somebody's agreement."""
        by = await self.who(person)
        async with self.database.transaction() as tx:
            waiting = await countersign.waiting_for(tx, by, now=self.now)
        for asked in waiting:
            agree = partial(
                countersign.give,
                id=asked.id,
                seen=asked.version,
                by=by,
                then=KINDS[asked.kind].then,
                now=self.now,
            )
            await self.sends(agree)

    async def decides_about_ssp_plus(self, person: Person, case: Case, verdict: Verdict) -> None:
        by = await self.who(person)
        yes = verdict is Verdict.IN_TARGET
        await self.sends(
            lambda tx: assess_plus(
                tx,
                id=uuid4(),
                case=case.id,
                seen=case.version,
                by=by,
                said=Assessed(
                    verdict=verdict,
                    criteria=frozenset({Criterion.REPEATED_SERIOUS} if yes else ()),
                    reason="Tre domme på et år." if yes else "Har holdt sig fri i et år.",
                ),
                now=self.now,
            )
        )

    async def proposes(self, person: Person, case: Case) -> None:
        by = await self.who(person)
        await self.sends(
            lambda tx: propose_handover(
                tx,
                id=uuid4(),
                case=case.id,
                seen=case.version,
                by=by,
                said=Proposal(
                    reason="Tre domme på et år.",
                    criteria=frozenset({Criterion.REPEATED_SERIOUS}),
                    plan="En læreplads hos en mester.",
                    child_view="Han vil gerne væk.",
                    judged=judged(),
                ),
                now=self.now,
            )
        )

    async def takes_over(self, person: Person, case: Case, *, accept: bool) -> None:
        by = await self.who(person)

        async def either(tx: Transaction) -> Case:
            if not accept:
                return await decline_handover(
                    tx,
                    case=case.id,
                    seen=case.version,
                    by=by,
                    reason="Kan løses i gruppen.",
                    now=self.now,
                )
            return await accept_handover(
                tx,
                case=case.id,
                seen=case.version,
                by=by,
                lead=SANNE.id,
                plus_type=PlusType.HANDOVER,
                meets_on=local_date(self.now) + timedelta(days=14),
                now=self.now,
            )

        await self.sends(either)
