"""The catalogue of measures, kept by the Secretariat: read, changed, added, in use or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.measure_kinds import read_kind, written_kind
from domain.office_actions import OfficeAction, may
from domain.people import Person
from domain.plan_measures import person_free
from domain.plan_templates import Catalogue, Data, MeasureKind, Override, Template, merged
from domain.template_fields import TemplateFlawed
from domain.template_merging import changed, merge
from domain.template_reading import catalogue_from
from domain.template_writing import changes_of
from storage.database import Transaction
from usecases.keep_templates import Edition, catalogue_now
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.read_readiness import fitting, readiness_catalogue, shipped

_LAST_THAT_SHIPS = 20  # M20, which never is one: what is added is numbered on from there


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSeen:
    """A measure of the catalogue as it is now, with how it is written and where it is used.

    :param left_out: whether its latest change does not fit what ships any more.
    """

    kind: MeasureKind
    catalogue: Catalogue
    written: Mapping[str, Data] = field(repr=False)
    used_in: Sequence[Template]
    left_out: bool


async def see_kind(tx: Transaction, code: str, *, by: Person, about: str = "") -> KindSeen:
    """Give one measure of the catalogue, in use or not.

    :param about: what was asked for, for the record, where it is not the code.
    :raises RuleBroken: `measure_kind.not_found`, also for whom it is not for
    """
    catalogue = await catalogue_now(tx)
    if code not in catalogue.measures or not may(
        await actor_of(tx, by), OfficeAction.KEEP_READINESS
    ):
        raise RuleBroken("measure_kind.not_found", about=about or code)
    kind = catalogue.measures[code]
    latest = max((each.revision for each in await tx.template_overrides.of(code)), default=0)
    return KindSeen(
        kind=kind,
        catalogue=catalogue,
        written=written_kind(kind),
        used_in=[
            each
            for each in catalogue.templates.values()
            if code in {planned.kind for planned in each.measures}
        ],
        left_out=kind.revision != latest,
    )


async def see_kind_editions(tx: Transaction, code: str, *, by: Person) -> Sequence[Edition]:
    """List the editions of a measure, the latest first; what ships is not among them.

    :raises RuleBroken: `measure_kind.not_found`
    """
    await see_kind(tx, code, by=by)
    kept = await tx.template_overrides.of(code)
    written = {0: _as_shipped(code), **{each.revision: _as_of(each) for each in kept}}
    return [
        Edition(
            override=each,
            fields=sorted(changed(written[each.revision - 1], written[each.revision])),
        )
        for each in kept
    ]


async def change_kind(
    tx: Transaction,
    code: str,
    *,
    seen: int,
    laid: Mapping[str, Data | None],
    because: str = "",
    by: Person,
    now: datetime,
) -> MeasureKind:
    """Change some fields of a measure; plans that are made keep what they began with (BER-29).

    What somebody else has changed since that revision stays, unless it is the same field.

    :param laid: the fields as they are to be written; None takes one away.
    :raises RuleBroken: `measure_kind.not_found`, `template.unchanged`, `.moved_on`, `measure.cpr`
    :raises TemplateFlawed: with everything that is wrong with it, and what no template that is
        in use can live with
    """
    current = (await see_kind(tx, code, by=by)).written
    kept = await tx.template_overrides.of(code)
    base = _seen(kept, code, seen)
    fixed: dict[str, Data | None] = {each: current[each] for each in ("code", "wordless")}
    mine = written_kind(read_kind(merged(base, {**laid, **fixed}), revision=0))
    latest = kept[0].revision if kept else 0
    override = Override(
        template=code,
        revision=latest + 1,
        changes={},
        by=by.id,
        at=now,
        because=person_free(because),
    )
    return await _keep(tx, merge(base, mine, current), override)


async def add_kind(
    tx: Transaction,
    *,
    laid: Mapping[str, Data | None],
    because: str = "",
    by: Person,
    now: datetime,
) -> MeasureKind:
    """Add a measure to the catalogue; it gets the next number, and can be chosen at once.

    :raises RuleBroken: `office.secretariat_only`, `measure.cpr`
    :raises TemplateFlawed: with everything that is wrong with it
    """
    await permit_office(tx, by, OfficeAction.KEEP_READINESS)
    taken = (int(each[1:]) for each in (await catalogue_now(tx)).measures)
    code = f"M{max([_LAST_THAT_SHIPS, *taken]) + 1}"
    kept = await tx.template_overrides.of(code)
    override = Override(
        template=code,
        revision=len(kept) + 1,
        changes={},
        by=by.id,
        at=now,
        because=person_free(because),
    )
    return await _keep(tx, merged({"code": code}, laid), override)


async def use_kind(
    tx: Transaction, code: str, *, seen: int, in_use: bool, by: Person, now: datetime
) -> MeasureKind:
    """Offer a measure where plans and templates are made, or offer it no more.

    Plans that have it keep it. A template that is in use must not name it first.

    :raises RuleBroken: `measure_kind.not_found`, `.used` (`templates`), `template.moved_on`
    """
    found = await see_kind(tx, code, by=by)
    if found.kind.in_use is in_use:
        return found.kind
    using = [each.code for each in found.used_in if each.in_use]
    if using and not in_use:
        raise RuleBroken("measure_kind.used", measure=code, templates=", ".join(using))
    laid: dict[str, Data | None] = {"in_use": "ja" if in_use else "nej"}
    return await change_kind(tx, code, seen=seen, laid=laid, by=by, now=now)


async def _keep(tx: Transaction, written: Mapping[str, Data], override: Override) -> MeasureKind:
    """Keep a change that every template can live with; those that lie there already stay."""
    kind = read_kind(written, revision=override.revision)
    ships = _as_shipped(kind.code)
    override = replace(override, changes=changes_of(written_kind(kind), shipped=ships))
    counting = fitting(await tx.template_overrides.latest())
    others = [each for each in counting if each.template != kind.code]
    catalogue_from(shipped(), [*others, override])
    await tx.template_overrides.add(override)
    await tx.audit.record(
        at=override.at,
        actor=override.by,
        action="template.keep_measure_kind",
        about=kind.code,
        result=str(override.revision),
        purpose=ADMINISTRATION,
    )
    return kind


def _seen(kept: Sequence[Override], code: str, revision: int) -> Mapping[str, Data]:
    """Write the edition that somebody saw.

    :raises RuleBroken: `template.moved_on`, of an edition that never was
    """
    for each in kept:
        if each.revision == revision:
            return _as_of(each)
    if revision or code not in readiness_catalogue().measures:
        raise RuleBroken("template.moved_on")
    return _as_shipped(code)


def _as_of(override: Override) -> dict[str, Data]:
    """Write an edition; one that does not fit what ships any more, as it was kept."""
    written = merged(_as_shipped(override.template), override.changes)
    try:
        return written_kind(read_kind(written, revision=0))
    except TemplateFlawed:
        return written


def _as_shipped(code: str) -> dict[str, Data]:
    ships = readiness_catalogue().measures.get(code)
    return {} if ships is None else written_kind(ships)
