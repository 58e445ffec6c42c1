"""What an authority keeps to itself stays so, whatever is done with it later (S115-12)."""

from datetime import timedelta
from uuid import UUID, uuid4

from dialogs.coordination import load
from dialogs.flow import Asking
from dialogs.turns import Turn
from domain.cases import Case
from domain.data_classes import DataClass
from domain.grants import Grant, GrantKind
from domain.people import Person
from domain.records import Record, RecordKind
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.test_correct_fact import LATER, REASON, a_kept_case, corrects
from tests.support.town import BO, CARL, MONDAY_NOON, STINE
from usecases.correct_fact import read_corrected
from usecases.gather_person import gather
from usecases.withhold import withhold

WITHHELD = "Hans far er set ved stationen med en kniv"


async def a_withheld_piece(
    desk: Desk, case: Case, *, by: Person = BO, data_class: DataClass = DataClass.VIEW
) -> UUID:
    """Let somebody write something down, and then withhold it; give the id it then has."""
    written, withheld = uuid4(), uuid4()
    async with desk.database.transaction() as tx:
        await tx.relations.set_cleared(case.id, by.id)
        await tx.records.add(
            Record(
                id=written,
                matter=case.id,
                key=str(case.subject),
                kind=RecordKind.VIEW,
                data_class=data_class,
                by=by.id,
                at=MONDAY_NOON,
                content={"risk_words": WITHHELD},
            )
        )
        found = await tx.cases.find(case.id)
        assert found is not None
        await withhold(
            tx,
            id=withheld,
            piece=written,
            case_id=case.id,
            seen=found.version,
            reason=REASON,
            by=by,
            now=MONDAY_NOON,
        )
    return withheld


class TestWhatIsWithheld:
    """S115-12, together with CASE-13."""

    async def test_stays_withheld_when_it_is_corrected(self, desk: Desk) -> None:
        case = await a_kept_case(desk)
        piece = await a_withheld_piece(desk, case)

        await corrects(
            desk, case, f"{piece}.risk_words", "Hans storebror er set ved skolen", by=BO
        )

        async with desk.database.transaction() as tx:
            [written] = await tx.records.read([case.id], [DataClass.VIEW], kinds=[RecordKind.VIEW])
        assert written.withheld_by is BO.authority

    async def test_does_not_stand_in_the_next_coordination_as_if_it_were_shared(
        self, desk: Desk
    ) -> None:
        """Not even for its own authority: saved as it stands, everybody would read it."""
        case = await a_kept_case(desk)
        await a_withheld_piece(desk, case)

        async with desk.database.transaction() as tx:
            turn = Turn(person=BO, at=LATER, in_private=True)
            given = await load(tx, Asking(about=case.id, turn=turn))
        assert WITHHELD not in given.known.values()

    async def test_is_not_read_in_what_stood_there_before(self, desk: Desk) -> None:
        """Neither by the steward nor in what is gathered for the person."""
        case = await a_kept_case(desk)
        await a_withheld_piece(desk, case, by=CARL, data_class=DataClass.OFFENCE)
        async with desk.database.transaction() as tx:
            await tx.grants.add(
                Grant(
                    id=uuid4(),
                    matter=case.id,
                    person=STINE.id,
                    kind=GrantKind.BREAK_GLASS,
                    classes=frozenset({DataClass.OFFENCE}),
                    by=STINE.id,
                    begins_at=MONDAY_NOON,
                    expires_at=LATER + timedelta(days=1),
                )
            )

        async with desk.database.transaction() as tx:
            _, before = await read_corrected(tx, id=case.id, by=STINE, now=LATER)
            everything = await gather(tx, case)
        assert WITHHELD not in str([record.content for record in before])
        assert WITHHELD not in str([dict(piece.content) for piece in everything.pieces])
