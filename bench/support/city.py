"""A synthetic city: people with names, birthdays and cases, sealed and marked as in the house.

Everything is made once and poured in bulk into both databases, for going through the use cases
would take hours. Names are drawn as in life: a few are borne by many. Forty cases of each group
are running, with actions and a concern each; the others are closed.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Table

from bench.support.names import given, how_often, surnames
from bench.support.pouring import Row, Rows
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from domain.records import RecordKind
from storage.case_rows import actions, cases, records, subject_cprs, subject_marks, subjects
from storage.contents import packed
from storage.rows import DATA, concerns, data_keys, relations
from storage.sealing import Key, Place
from storage.subject_index import Findable, labels
from storage.vault import Vault

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
GROUPS = tuple(CommitteeCode(f"KG{number}") for number in range(1, 9))
RUNNING_IN_GROUP = 40
WITH_NUMBER, WITH_MIDDLE_NAME = 0.7, 0.3  # of all people


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """Somebody the city knows."""

    name: str = field(repr=False)
    born: date
    cpr: str
    group: CommitteeCode
    reference: str
    running: bool


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows to pour, and whom they are about."""

    citizens: Sequence[Citizen]
    rows: Rows


def facilitator(group: CommitteeCode) -> Person:
    return Person(
        id=PersonId(f"fac-{group}"),
        aad_id=f"aad-{group}",
        name=f"Facilitator {group}",
        authority=Authority.SOF,
        function="Facilitator",
        email=f"{group}@example.org".casefold(),
        s115_covered=True,
    )


def register() -> Organisation:
    """One group for each area, and one facilitator for each group."""
    areas = ("VAL", "VAN", "NOR", "BIS", "OST", "AMA", "VES", "BRO")
    return Organisation(
        people=tuple(map(facilitator, GROUPS)),
        committees=tuple(
            Committee(
                code=group,
                type=CommitteeType.COORDINATION,
                name=f"Gruppe {group}",
                areas=(AreaCode(area),),
            )
            for group, area in zip(GROUPS, areas, strict=True)
        ),
        memberships=tuple(
            Membership(
                committee=group,
                person=facilitator(group).id,
                slot="facilitator",
                seat=Seat.FACILITATOR,
            )
            for group in GROUPS
        ),
    )


class Founding:
    """Lets a city grow, the same each time it is founded."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._chance = random.Random(115)  # noqa: S311
        self._born = 0
        self._of_day = Counter[date]()

    def grows_to(self, count: int) -> Batch:
        """Make the people who are missing."""
        citizens: list[Citizen] = []
        rows: dict[tuple[Table, tuple[str, ...]], list[Row]] = {}
        while self._born < count:
            citizen = self._citizen(self._born)
            citizens.append(citizen)
            for table, row in self._rows(citizen):
                rows.setdefault((table, tuple(row)), []).append(tuple(row.values()))
            self._born += 1
        for (table, _), made in rows.items():
            if table is subject_marks:
                made.sort(key=repr)  # in the order of its key, which every engine takes fastest
        return Batch(citizens=citizens, rows=rows)

    def _citizen(self, number: int) -> Citizen:
        chance = self._chance
        born = date(2000, 6, 1) + timedelta(days=chance.randrange(15 * 365))
        running = number < RUNNING_IN_GROUP * len(GROUPS)
        name = [self._drawn(given()), self._drawn(surnames())]
        if chance.random() < WITH_MIDDLE_NAME:
            name.insert(1, self._drawn(given()))
        self._of_day[born] += 1
        return Citizen(
            name=" ".join(map(str.capitalize, name)),
            born=born,
            cpr=f"{born:%d%m%y}{self._of_day[born]:04}",
            group=GROUPS[number % len(GROUPS)],
            reference=f"2026-{number:06}",
            running=running,
        )

    def _rows(self, citizen: Citizen) -> Iterator[tuple[Table, dict[str, object]]]:
        subject, case = self._id(), self._id()
        key, wrapped = self._vault.fresh_key(str(subject), version=self._vault.newest_master)
        yield data_keys, {"subject": str(subject), "master": 1, "wrapped": wrapped.stored}
        yield subjects, {"id": subject, "created_at": NOW}
        yield cases, self._case(citizen, case, subject)
        told = {"name": citizen.name, "born": citizen.born.isoformat(), "protected": "no"}
        yield (
            records,
            self._record(
                case, subject, key=key, kind=RecordKind.IDENTITY, data_class="D2", content=told
            ),
        )
        yield (
            relations,
            {
                "matter": case,
                "person": facilitator(citizen.group).id,
                "near": False,
            },
        )
        numbers = frozenset([citizen.cpr] if self._chance.random() < WITH_NUMBER else [])
        found_by = Findable(
            names=frozenset({citizen.name}), born=frozenset({citizen.born}), cprs=numbers
        )
        for label in labels(found_by):
            mark = self._vault.label_mark(1, label)
            yield (
                subject_marks,
                {
                    "mark": mark,
                    "scope": citizen.group,
                    "subject": subject,
                    "index_version": 1,
                },
            )
            if label.startswith("cpr|"):
                yield subject_cprs, {"mark": mark, "subject": subject, "index_version": 1}
        yield from self._work(citizen, case, subject, key)

    def _work(
        self, citizen: Citizen, case: UUID, subject: UUID, key: Key
    ) -> Iterator[tuple[Table, dict[str, object]]]:
        """Give a running case a level, a view, two actions and the concern it began with."""
        texts = {"reason": "Flere bekymringer fra skolen", "to": 2, "codes": ["L2.b"]}
        yield (
            records,
            self._record(
                case, subject, key=key, kind=RecordKind.LEVEL, data_class="D8", content=texts
            ),
        )
        for _ in range(2):
            action = self._id()
            place = Place(DATA, "actions", str(action), "content")
            content = key.seal(packed({"what": "Tale med skolen", "result": ""}), place)
            yield (
                actions,
                {
                    "id": action,
                    "case": case,
                    "authority": "SOF",
                    "owner": facilitator(citizen.group).id,
                    "due_on": NOW.date() + timedelta(days=self._chance.randrange(-10, 30)),
                    "status": "open" if citizen.running else "done",
                    "agreed_by": facilitator(citizen.group).id,
                    "agreed_at": NOW,
                    "version": 1,
                    "content": content.stored,
                },
            )
        yield (
            concerns,
            {
                "id": self._id(),
                "reference": f"B{citizen.reference}",
                "reporter": facilitator(citizen.group).id,
                "status": "linked" if citizen.running else "closed",
                "group": citizen.group,
                "urgent": False,
                "reasons": " route.group_of_area ",
                "submitted_at": NOW - timedelta(days=30),
                "take_up_by": NOW - timedelta(days=16),
                "case": case,
                "version": 1,
            },
        )

    def _case(self, citizen: Citizen, case: UUID, subject: UUID) -> dict[str, object]:
        opened = NOW - timedelta(days=self._chance.randrange(20, 400))
        return {
            "id": case,
            "reference": citizen.reference,
            "subject": subject,
            "state": "follow_up" if citizen.running else "closed",
            "group": citizen.group,
            "area": "VAL",
            "level": 2,
            "kif": "none",
            "opened_at": opened,
            "opened_by": facilitator(citizen.group).id,
            "coordinated_at": opened,
            "follow_up_on": NOW.date() if citizen.running else None,
            "closed_at": None if citizen.running else NOW - timedelta(days=10),
            "close_reason": None if citizen.running else "coordination_done",
            "last_event_at": opened,
            "held": False,
            "version": 1,
        }

    def _record(
        self,
        case: UUID,
        subject: UUID,
        *,
        key: Key,
        kind: RecordKind,
        data_class: str,
        content: Mapping[str, object],
    ) -> dict[str, object]:
        record = self._id()
        sealed = key.seal(packed(content), Place(DATA, "records", str(record), "content"))
        return {
            "id": record,
            "matter": case,
            "key": str(subject),
            "kind": kind.value,
            "data_class": data_class,
            "at": NOW,
            "content": sealed.stored,
        }

    def _drawn(self, names: Sequence[str]) -> str:
        return self._chance.choices(names, cum_weights=how_often(len(names)))[0]

    def _id(self) -> UUID:
        return UUID(int=self._chance.getrandbits(128), version=4)
