"""People, drafts and concerns that fill in whatever a test does not care about."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from domain.concerns import Addition, Concern, Parts, Status
from domain.data_classes import DataClass
from domain.delivery import Address
from domain.drafts import Draft
from domain.notices import Notice, NoticeKind
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    Language,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from storage.vault import Vault

MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
VALBY, KG5 = AreaCode("VAL"), CommitteeCode("KG5")

ANNA = Person(
    id=PersonId("anna"),
    aad_id="aad-anna",
    name="Anna Æbelø",
    authority=Authority.BUF,
    function="lærer",
    email="anna@example.org",
    s115_covered=True,
)
BO = Person(
    id=PersonId("bo"),
    aad_id="aad-bo",
    name="Bo  Ørsted Hansen",
    authority=Authority.SOF,
    function="facilitator",
    email="bo@example.org",
    phone="12 34 56 78",
    language=Language.EN,
    offices=frozenset({Office.SEK, Office.STEW}),
)
GROUP = Committee(
    code=KG5, type=CommitteeType.COORDINATION, name="Valby og Vesterbro", areas=(VALBY,)
)
LOCAL = Committee(
    code=CommitteeCode("LU9"), type=CommitteeType.LOCAL, name="Valby", areas=(VALBY,)
)
REGISTER = Organisation(
    people=(ANNA, BO),
    committees=(GROUP, LOCAL),
    memberships=(
        Membership(committee=KG5, person=BO.id, slot="KG.0", seat=Seat.FACILITATOR),
        Membership(committee=KG5, person=ANNA.id, slot="KG.2"),
    ),
    institutions=(Institution(area=VALBY, name="Ålholm Skole", kind="school"),),
)
ADDRESS = Address(
    conversation_id="a:1", service_url="https://smba.trafficmanager.net/emea/", tenant_id="t"
)

SECRETS = {version: bytes([version]) * 32 for version in range(1, 10)}


def vault(*, masters: tuple[int, ...] = (1,), indexes: tuple[int, ...] = (8,)) -> Vault:
    """Hold the test keys of these versions."""
    return Vault(
        masters={version: SECRETS[version] for version in masters},
        indexes={version: SECRETS[version] for version in indexes},
    )


def draft(
    owner: PersonId = ANNA.id,
    *,
    body: Mapping[str, object] | None = None,
    began_at: datetime = MONDAY_NOON,
) -> Draft:
    return Draft(
        id=uuid4(),
        owner=owner,
        flow="concern",
        step="seen",
        revision=1,
        began_at=began_at,
        body=body or {},
    )


def concern(reference: str = "B2026-0001", *, id: UUID | None = None) -> Concern:
    return Concern(
        id=id or uuid4(),
        reference=reference,
        reporter=ANNA.id,
        status=Status.SUBMITTED,
        group=KG5,
        owner=BO.id,
        area=VALBY,
        level=2,
        urgent=False,
        reasons=("area.home", "level.two"),
        submitted_at=MONDAY_NOON,
        take_up_by=MONDAY_NOON + timedelta(days=14),
    )


def parts(*, seen: str = "En dreng i Valby", cpr: str = "", name: str = "Kim Opdigtet") -> Parts:
    return {
        DataClass.IDENTITY: {"name": name},
        DataClass.CPR: {"cpr": cpr},
        DataClass.TEXT: {"seen": seen, "often": ["a", "b"], "level": 2, "urgent": False},
    }


def addition(to: Concern, text: str) -> Addition:
    return Addition(id=uuid4(), concern=to.id, by=ANNA.id, at=MONDAY_NOON, text=text)


def notice(
    person: PersonId = BO.id, *, about: UUID | None = None, due: timedelta = -A_MINUTE
) -> Notice:
    return Notice(
        kind=NoticeKind.CONCERN_WAITING,
        about=about or uuid4(),
        due_at=MONDAY_NOON + due,
        person=person,
    )
