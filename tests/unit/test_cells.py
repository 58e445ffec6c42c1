"""Which class of data opens for whom: every cell of domain.md §14.2, both ways (AC-AZ-03)."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import ALLOWED, Action
from domain.cells import CELLS, READS_AS, Sight, readable, seen, writable
from domain.data_classes import DataClass
from domain.grants import GrantKind
from domain.matters import MatterKind
from domain.people import Authority, PersonId
from domain.roles import BESIDE_CASES, Role
from tests.support.need_to_know import Line, data_by_role
from tests.support.standings import (
    ME,
    grant,
    matter_for,
    somebody,
    with_nothing_fulfilled,
    with_what_it_takes,
)

READ, WRITE, OWN = {Sight.READ}, {Sight.WRITE}, {Sight.OWN}
NOTHING: set[Sight] = set()
# What the words in a cell mean: when what they ask for is there, and when it is not.
MEANS: dict[str, tuple[set[Sight], set[Sight]]] = {
    "–": (NOTHING, NOTHING),
    "A": ({Sight.AGGREGATE}, {Sight.AGGREGATE}),
    "A own area": ({Sight.AGGREGATE}, {Sight.AGGREGATE}),
    "M": ({Sight.METADATA}, {Sight.METADATA}),
    "R": (READ, READ),
    "RW": (READ | WRITE, READ | WRITE),
    "R (for ACC)": (READ, READ),
    "write only": (WRITE, WRITE),
    "own": (OWN, OWN),
    "self": (OWN, OWN),
    "own RW": (OWN | WRITE, OWN | WRITE),
    "own: status only": ({Sight.STATUS}, {Sight.STATUS}),
    "own action": (OWN, OWN),
    "own gate": (OWN, OWN),
    "R 1": (READ, NOTHING),
    "R 2": (READ, NOTHING),
    "R plus": (READ, NOTHING),
    "RW plus": (READ | WRITE, NOTHING),
    "esc.": (READ, NOTHING),
    "b-g": (READ, NOTHING),
    "gate": (READ, NOTHING),
    "only if gate names it": (READ, NOTHING),
    "masked": ({Sight.MASKED}, {Sight.MASKED}),
    "masked, reveal": ({Sight.MASKED, Sight.REVEAL}, {Sight.MASKED, Sight.REVEAL}),
    "masked, reveal+reason": ({Sight.MASKED, Sight.REVEAL}, {Sight.MASKED, Sight.REVEAL}),
    "reveal": ({Sight.MASKED, Sight.REVEAL}, {Sight.MASKED, Sight.REVEAL}),
    "general": ({Sight.GENERAL}, {Sight.GENERAL}),
    "R own area": ({Sight.GENERAL, Sight.OWN_AREA}, {Sight.GENERAL, Sight.OWN_AREA}),
    "health only": ({Sight.HEALTH}, {Sight.HEALTH}),
}
THE_SPEC = data_by_role()
ADDS = GrantKind.AD_HOC  # makes an ad hoc participant of whoever is covered
ROLES = tuple(role for role in Role if role not in {Role.OWNER, *BESIDE_CASES})
EVERY_CELL = list(product(ROLES, [True, False]))


def column(role: Role) -> Role:
    """Name the column somebody reads by: the SSP+ bodies and the steering group share one."""
    return {Role.PFAC: Role.FAC, Role.PLM: Role.LGM, Role.SGM: Role.CGM}.get(role, role)


def expected(role: Role, data_class: DataClass, *, fulfilled: bool) -> set[Sight]:
    columns = {column(each) for each in with_what_it_takes({role})}
    cells = [MEANS[THE_SPEC[data_class][each]][0 if fulfilled else 1] for each in columns]
    return {sight for sights in cells for sight in sights}


def kind_for(role: Role) -> MatterKind:
    return MatterKind.CONCERN if role is Role.REP else MatterKind.CASE


def sights(role: Role, data_class: DataClass, *, fulfilled: bool) -> set[Sight]:
    matter = matter_for({role}, kind=kind_for(role))
    about = matter if fulfilled else with_nothing_fulfilled(matter)
    actor = somebody({role})
    return {sight for sight in Sight if data_class in seen(actor, about, sight)}


class TestTheTable:
    def test_is_the_specification_word_for_word(self) -> None:
        words = {
            data_class: {role: cell.value for role, cell in row.items()}
            for data_class, row in CELLS.items()
        }

        assert words == THE_SPEC
        assert {role: column(role) for role in READS_AS} == READS_AS

    @pytest.mark.parametrize("data_class", DataClass)
    def test_is_followed_in_every_cell(self, data_class: DataClass) -> None:
        """AC-AZ-03: what opens when what the cell asks for is there, and what else stays shut."""
        found = {
            (role, fulfilled): sights(role, data_class, fulfilled=fulfilled)
            for role, fulfilled in EVERY_CELL
        }

        assert found == {
            (role, fulfilled): expected(role, data_class, fulfilled=fulfilled)
            for role, fulfilled in EVERY_CELL
        }

    @pytest.mark.parametrize("data_class", DataClass)
    def test_shows_nothing_to_who_is_nothing(self, data_class: DataClass) -> None:
        matter = matter_for(set(ROLES) - {Role.REP, Role.LEAD, Role.ADH})

        assert not any(data_class in seen(somebody(()), matter, sight) for sight in Sight)

    def test_shows_content_to_neither_a_system_administrator_nor_anybody_uncovered(self) -> None:
        """AC-AZ-10, AC-AZ-05: whatever grants they hold."""
        for role in (Role.SYS, Role.EXT):
            every = frozenset(DataClass)
            grants = tuple(grant(kind, every) for kind in GrantKind if kind is not ADDS)
            matter = replace(matter_for({role}), grants=grants)
            assert not readable(somebody({role}), matter)
            assert not writable(somebody({role}), matter)


class TestRolesTogether:
    @given(st.frozensets(st.sampled_from(sorted(set(ROLES) - {Role.REP, Role.EXT}))))
    def test_open_what_each_opens(self, held: frozenset[Role]) -> None:
        matter, actor = matter_for(held), somebody(held)

        for data_class in DataClass:
            found = {sight for sight in Sight if data_class in seen(actor, matter, sight)}
            each = [expected(role, data_class, fulfilled=True) for role in held]
            assert found == {sight for sights in each for sight in sights}

    @given(st.frozensets(st.sampled_from(sorted(set(ROLES) - {Role.EXT}))))
    def test_do_not_count_for_the_reporter_of_a_concern(self, held: frozenset[Role]) -> None:
        held |= {Role.REP}
        matter = matter_for(held, kind=MatterKind.CONCERN)

        for sight in Sight:
            assert seen(somebody(held), matter, sight) == seen(
                somebody({Role.REP}), matter_for({Role.REP}, kind=MatterKind.CONCERN), sight
            )


class TestWinsOverEveryRole:
    @given(
        st.frozensets(st.sampled_from(ROLES)),
        st.sampled_from(MatterKind),
        st.sampled_from(["recused", "left", "cover"]),
    )
    def test_recusal_having_left_and_missing_cover(
        self, held: frozenset[Role], kind: MatterKind, closing: str
    ) -> None:
        """INH-3, S115-9, §15.2: not even that there is something."""
        actor, matter = somebody(held), matter_for(held, kind=kind)
        if closing == "recused":
            matter = replace(matter, recused=frozenset({ME}))
        person = replace(actor.person, active=closing != "left", s115_covered=closing != "cover")
        actor = replace(actor, person=person)

        assert not any(seen(actor, matter, sight) for sight in Sight)


class TestAGrant:
    @pytest.mark.parametrize(
        ("role", "kind"),
        [
            (Role.ADH, GrantKind.AD_HOC),
            (Role.LGM, GrantKind.ESCALATION),
            (Role.PLM, GrantKind.ESCALATION),
            (Role.STEW, GrantKind.BREAK_GLASS),
            (Role.HEAD, GrantKind.BREAK_GLASS),
            (Role.DPO, GrantKind.BREAK_GLASS),
        ],
    )
    @pytest.mark.parametrize("data_class", DataClass)
    def test_opens_only_what_it_names_to_whom_it_names(
        self, role: Role, kind: GrantKind, data_class: DataClass
    ) -> None:
        """CASE-7, CASE-8, ROLE-02."""
        actor = somebody({role})
        without = replace(matter_for({role}, classes=()), gated=frozenset())
        named = replace(without, grants=(grant(kind, {data_class}),))
        elsewhere = replace(without, grants=(grant(kind, {data_class}, to=PersonId("other")),))

        opens = MEANS[THE_SPEC[data_class][column(role)]]
        gained = readable(actor, named) - readable(actor, without)
        assert gained == ({data_class} if opens == (READ, NOTHING) else set())
        assert readable(actor, elsewhere) <= readable(actor, without)

    @pytest.mark.parametrize("data_class", DataClass)
    def test_of_one_kind_is_none_of_another(self, data_class: DataClass) -> None:
        for role, kind in [
            (Role.LGM, GrantKind.BREAK_GLASS),
            (Role.HEAD, GrantKind.ESCALATION),
            (Role.SYS, GrantKind.BREAK_GLASS),
        ]:
            actor, without = somebody({role}), matter_for({role}, classes=())
            other = replace(without, grants=(grant(kind, {data_class}),))
            assert readable(actor, other) == readable(actor, without)


class TestWhatIsSensitive:
    def test_is_read_by_the_facilitator_to_whom_the_concern_came(self) -> None:
        """S115-8: the reporter's own gate names them; the group's members it does not."""
        for role in (Role.FAC, Role.PFAC):
            arrived = replace(matter_for({role}, kind=MatterKind.CONCERN), gated=frozenset())
            in_a_case = replace(arrived, kind=MatterKind.CASE)
            assert DataClass.SENSITIVE in readable(somebody({role}), arrived)
            assert DataClass.SENSITIVE not in readable(somebody({role}), in_a_case)
        for role in (Role.KGM, Role.PKM):
            arrived = replace(matter_for({role}, kind=MatterKind.CONCERN), gated=frozenset())
            assert DataClass.SENSITIVE not in readable(somebody({role}), arrived)


class TestTheReporter:
    @pytest.mark.parametrize("role", [Role.KGM, Role.PKM, Role.FAC, Role.PFAC, Role.SEK])
    def test_is_known_to_the_facilitator_and_the_secretariat_when_shielded(
        self, role: Role
    ) -> None:
        """concern.md §4.6."""
        matter = replace(matter_for({role}, kind=MatterKind.CONCERN), shielded=True)

        knows = DataClass.REPORTER in readable(somebody({role}), matter)
        assert knows is (role in {Role.FAC, Role.PFAC, Role.SEK})


class TestProbation:
    @pytest.mark.parametrize("kif", [True, False])
    @pytest.mark.parametrize("role", [Role.PKM, Role.LEAD])
    def test_sees_a_case_of_ssp_plus_only_where_it_has_the_person(
        self, role: Role, *, kif: bool
    ) -> None:
        """PLUS-4: also when one of theirs is its lead."""
        actor = somebody({Role.PKM}, authority=Authority.KFO)
        matter = replace(matter_for({Role.PKM, role}), kif=kif)

        assert bool(readable(actor, matter)) is kif


def test_a_number_can_be_revealed_by_those_whose_cell_says_so() -> None:
    """§14.3, "see D3": and the facilitator, who has it whole."""
    says = {role for role in ROLES if "reveal" in THE_SPEC[DataClass.CPR][column(role)]}

    assert ALLOWED[Action.REVEAL_CPR].who == says | {Role.FAC, Role.PFAC}


def test_every_line_of_the_second_table_is_read() -> None:
    assert len(Line.all()) == 19
