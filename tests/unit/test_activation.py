"""Who may activate readiness and where, what is like it, and when it leaves (BER-01 to 08, 30)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.activation import (
    ANYWHERE,
    IN_OWN_AREAS,
    Entitled,
    entitled,
    leaves_at,
    permit_areas,
    similar,
)
from domain.alerts import Alert, AlertState, Audience, Level, Situation
from domain.errors import RuleBroken
from domain.office_actions import MAY, OfficeAction
from domain.people import (
    AreaCode,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Office,
    Person,
    Seat,
)
from domain.roles import Actor
from tests.support.examples import ANNA, BO, MONDAY_NOON, person

VALBY, VANLOESE, TINGBJERG = (AreaCode(each) for each in ("VAL", "VAN", "TIN"))
HERE, ELSEWHERE = frozenset({VALBY}), frozenset({TINGBJERG})
WHOLE_CITY = frozenset[AreaCode]()
NOWHERE = Entitled()
OWN = Entitled(areas=frozenset({VALBY, VANLOESE}))
ALL_OF_IT = Entitled(anywhere=True)
AREAS_OF = {
    CommitteeType.LEADER: (VALBY, VANLOESE),
    CommitteeType.COORDINATION: (VALBY,),
    CommitteeType.LOCAL: (VALBY,),
}


def actor(who: Person, type: CommitteeType | None = None, seat: Seat = Seat.MEMBER) -> Actor:
    """Give somebody a seat in a committee of this kind, or none."""
    if type is None:
        return Actor(person=who)
    code = CommitteeCode(type.value)
    return Actor(
        person=who,
        memberships=[Membership(committee=code, person=who.id, slot="1", seat=seat)],
        committees={
            code: Committee(code=code, type=type, name=code, areas=AREAS_OF.get(type, ()))
        },
    )


def alert(
    *,
    minutes_ago: float = 30,
    areas: Iterable[AreaCode] = HERE,
    level: Level = Level.COORDINATION,
    drill: bool = False,
    waits: timedelta = timedelta(),
    state: AlertState = AlertState.ACTIVATED,
) -> Alert:
    at = MONDAY_NOON - timedelta(minutes=minutes_ago)
    return Alert(
        id=UUID(int=1),
        year=2026,
        number=1,
        level=level,
        drill=drill,
        template="H1",
        title="",
        situation=Situation(happened="", where="", stands="", done=""),
        audience=Audience(areas=frozenset(areas)),
        state=state,
        activated_by=BO.id,
        activated_at=at,
        leaves_at=at + waits,
        coordinator=BO.id,
        log_keeper=BO.id,
    )


class TestWhoMayActivate:
    @pytest.mark.parametrize("type", CommitteeType)
    @pytest.mark.parametrize("seat", Seat)
    def test_is_who_sits_in_the_steering_group_or_a_leader_group(
        self, type: CommitteeType, seat: Seat
    ) -> None:
        """BER-01: the matrix of all kinds of committee; a substitute's seat is not enough."""
        may = entitled(actor(BO, type, seat)).at_all

        assert may is (
            type in {CommitteeType.STEERING, CommitteeType.LEADER, CommitteeType.SSP_PLUS_LEADER}
            and seat in {Seat.MEMBER, Seat.CHAIR}
        )

    @pytest.mark.parametrize("office", Office)
    def test_is_the_secretariat_and_no_administrator(self, office: Office) -> None:
        """BER-01: an administrator has no right by being one, nor has who protects data."""
        may = entitled(actor(person("x", offices=frozenset({office})))).at_all

        assert may is (office in {Office.SEK, Office.STEW, Office.HEAD})

    @pytest.mark.parametrize(
        "who", [person("gone", active=False), person("outside", covered=False)]
    )
    def test_is_nobody_who_has_left_or_is_not_covered(self, who: Person) -> None:
        assert entitled(actor(who, CommitteeType.STEERING)) == NOWHERE

    def test_is_the_same_in_the_table_of_what_offices_may(self) -> None:
        """BER-01"""
        assert MAY[OfficeAction.ACTIVATE_EMERGENCY] == ANYWHERE | IN_OWN_AREAS


class TestWhere:
    @pytest.mark.parametrize(
        ("held", "areas", "code"),
        [
            (OWN, HERE, None),
            (OWN, HERE | {VANLOESE}, None),
            (OWN, ELSEWHERE, "alert.other_area"),
            (OWN, HERE | ELSEWHERE, "alert.other_area"),
            (OWN, WHOLE_CITY, "alert.whole_city"),
            (ALL_OF_IT, WHOLE_CITY, None),
            (ALL_OF_IT, ELSEWHERE, None),
            (NOWHERE, HERE, "alert.not_entitled"),
            (NOWHERE, WHOLE_CITY, "alert.not_entitled"),
        ],
    )
    def test_a_leader_may_in_their_own_areas_and_the_secretariat_anywhere(
        self, held: Entitled, areas: frozenset[AreaCode], code: str | None
    ) -> None:
        """BER-02"""
        if code is None:
            permit_areas(held, areas, who="Dorte")
            assert held.covers(areas)
            return
        with pytest.raises(RuleBroken) as refused:
            permit_areas(held, areas, who="Dorte")
        assert refused.value.code == code

    def test_is_what_the_seats_of_a_leader_say(self) -> None:
        """BER-02: the areas of the leader group; not those of other committees."""
        assert entitled(actor(BO, CommitteeType.LEADER)) == OWN
        assert entitled(actor(BO, CommitteeType.STEERING)) == ALL_OF_IT

    def test_can_be_opened_for_leaders(self) -> None:
        """BER-02: by a setting."""
        leads, reports = actor(BO, CommitteeType.LEADER), actor(ANNA)

        assert entitled(leads, own_areas_only=False) == ALL_OF_IT
        assert entitled(reports, own_areas_only=False) == NOWHERE

    def test_who_leads_ssp_plus_may_in_each_area_and_not_in_all_at_once(self) -> None:
        """BER-02: that group serves the city and has no area of its own."""
        held = entitled(actor(BO, CommitteeType.SSP_PLUS_LEADER))

        assert held.covers(HERE)
        assert held.covers(ELSEWHERE)
        assert not held.covers(WHOLE_CITY)


def _similar(alerts: list[Alert], *, areas: frozenset[AreaCode] = HERE) -> Alert | None:
    """Find one for an order of level 2."""
    return similar(alerts, areas=areas, level=Level.COORDINATION, drill=False, now=MONDAY_NOON)


class TestASimilarAlert:
    @pytest.mark.parametrize(
        ("other", "areas"),
        [
            (alert(), HERE),
            (alert(minutes_ago=119), HERE | ELSEWHERE),
            (alert(areas=WHOLE_CITY), HERE),
            (alert(state=AlertState.RUNNING), WHOLE_CITY),
        ],
    )
    def test_is_open_recent_and_in_the_same_area(
        self, other: Alert, areas: frozenset[AreaCode]
    ) -> None:
        """BER-08"""
        assert _similar([other], areas=areas) == other

    @pytest.mark.parametrize(
        "other",
        [
            alert(minutes_ago=120),
            alert(areas=ELSEWHERE),
            alert(state=AlertState.CLOSED),
            alert(state=AlertState.FALSE_ALARM),
            alert(drill=True),
            alert(level=Level.ORIENTATION),
            alert(minutes_ago=0, waits=timedelta(hours=8)),
        ],
    )
    def test_holds_back_nothing_that_is_added_to_it(self, other: Alert) -> None:
        """BER-06, BER-08, BER-63: nor is it old, elsewhere, over or a drill."""
        assert _similar([other]) is None

    def test_is_the_latest_of_several(self) -> None:
        older, newer = alert(minutes_ago=60), alert(minutes_ago=10)

        assert _similar([newer, older]) == newer


class TestWhenItLeaves:
    @pytest.mark.parametrize("level", Level)
    def test_is_after_ten_seconds(self, level: Level) -> None:
        """BER-06"""
        assert leaves_at(level, now=MONDAY_NOON) == MONDAY_NOON + timedelta(seconds=10)

    @pytest.mark.parametrize(
        ("now", "leaves"),
        [
            (datetime(2026, 3, 2, 22, 30, tzinfo=UTC), datetime(2026, 3, 3, 6, 0, tzinfo=UTC)),
            (datetime(2026, 3, 2, 3, 0, tzinfo=UTC), datetime(2026, 3, 2, 6, 0, tzinfo=UTC)),
            # 21.59.55 is within hours, and ten seconds later it is not
            (datetime(2026, 3, 2, 20, 59, 55, tzinfo=UTC), datetime(2026, 3, 3, 6, tzinfo=UTC)),
            # 6.59.55: at seven it could still be undone
            (
                datetime(2026, 3, 2, 5, 59, 55, tzinfo=UTC),
                datetime(2026, 3, 2, 6, 0, 5, tzinfo=UTC),
            ),
            # the night in which clocks go forward, and the one in which they go back
            (datetime(2026, 3, 28, 22, 30, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),
            (datetime(2026, 10, 24, 21, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
        ],
    )
    def test_is_in_the_morning_for_an_orientation_at_night(
        self, now: datetime, leaves: datetime
    ) -> None:
        """BER-30: seven in Copenhagen, in summer and in winter."""
        assert leaves_at(Level.ORIENTATION, now=now) == leaves

    @pytest.mark.parametrize("level", [Level.COORDINATION, Level.FULL])
    def test_is_at_any_hour_for_what_must_be_answered(self, level: Level) -> None:
        """BER-30"""
        night = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

        assert leaves_at(level, now=night) == night + timedelta(seconds=10)
