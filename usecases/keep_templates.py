"""Templates of readiness, kept by the Secretariat: read, changed, made, in use or not (BER-39)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.evaluations import Learning, LearningState
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Person
from domain.plan_measures import person_free
from domain.plan_templates import Catalogue, Data, Override, PlanKind, Template, merged
from domain.template_fields import TemplateFlawed
from domain.template_merging import changed, merge
from domain.template_reading import read_template
from domain.template_writing import changes_of, written_template
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.read_readiness import readiness_catalogue, shipped

_LETTERS: Mapping[PlanKind, str] = {PlanKind.ACUTE: "H", PlanKind.KNOWN: "B", PlanKind.DRILL: "Ø"}
KEPT = ("code", "version", "kind")  # what nobody changes in a template


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a template, and what was changed in it since the one before."""

    override: Override
    fields: Sequence[str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSeen:
    """A template as it is now, with how it is written and what was learned about it.

    :param left_out: whether its latest change does not fit what ships any more.
    """

    template: Template
    catalogue: Catalogue
    written: Mapping[str, Data] = field(repr=False)
    learnings: Sequence[Learning]
    left_out: bool


async def catalogue_now(tx: Transaction) -> Catalogue:
    return readiness_catalogue(await tx.template_overrides.latest())


async def see_templates(tx: Transaction, *, by: Person) -> Catalogue:
    """Give all templates, those out of use too.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_READINESS)
    return await catalogue_now(tx)


async def see_template(tx: Transaction, code: str, *, by: Person, about: str = "") -> TemplateSeen:
    """Give one template, and what was learned about it that nobody has acted upon.

    :param about: what was asked for, for the record, where it is not the code.
    :raises RuleBroken: `template.not_found`, also for whom it is not for
    """
    catalogue = await catalogue_now(tx)
    keeps = may(await actor_of(tx, by), OfficeAction.KEEP_READINESS)
    if code not in catalogue.templates or not keeps:
        raise RuleBroken("template.not_found", about=about or code)
    learned = await tx.learnings.about(code)
    latest = max((each.revision for each in await tx.template_overrides.of(code)), default=0)
    return TemplateSeen(
        template=catalogue.templates[code],
        catalogue=catalogue,
        written=_written(catalogue.templates[code], catalogue),
        learnings=[each for each in learned if each.state is LearningState.OPEN],
        left_out=catalogue.templates[code].revision != latest,
    )


async def see_editions(tx: Transaction, code: str, *, by: Person) -> Sequence[Edition]:
    """List the editions of a template, the latest first; what ships is not among them.

    :raises RuleBroken: `template.not_found`
    """
    seen = await see_template(tx, code, by=by)
    kept = await tx.template_overrides.of(code)
    written = {each.revision: _as_of(each, seen.catalogue) for each in kept}
    if code in shipped().templates:
        written[0] = _as_shipped(code, seen.catalogue)
    return [
        Edition(
            override=each,
            fields=sorted(changed(written.get(each.revision - 1, {}), written[each.revision])),
        )
        for each in kept
    ]


async def change_template(
    tx: Transaction,
    code: str,
    *,
    seen: int,
    laid: Mapping[str, Data | None],
    because: str = "",
    learning: UUID | None = None,
    by: Person,
    now: datetime,
) -> Template:
    """Change some fields of a template; a running alert keeps what it began with (BER-29).

    What somebody else has changed since that revision stays, unless it is the same field.

    :param laid: the fields as they are to be written; None takes one away.
    :param learning: what was learned of an alert, where the change answers that (BER-61). The
        edition says which alert, not in which words: it stays when those are erased (BER-54).
    :raises RuleBroken: `template.not_found`, `.unchanged`, `.moved_on`, `learning.ended`,
        `measure.cpr`
    :raises TemplateFlawed: with everything that is wrong with it
    """
    found = await see_template(tx, code, by=by)
    kept = await tx.template_overrides.of(code)
    catalogue, current = found.catalogue, found.written
    base = _seen(kept, code, seen, catalogue)
    fixed: dict[str, Data | None] = {each: current[each] for each in KEPT}
    mine = _canonical(merged(base, {**laid, **fixed}), catalogue)
    learned = await _learned(tx, learning, code)
    latest = kept[0].revision if kept else 0
    return await _keep(
        tx,
        merge(base, mine, current),
        Override(
            template=code,
            revision=latest + 1,
            changes={},
            by=by.id,
            at=now,
            because=person_free(because),
            alert=learned.alert if learned else None,
        ),
        catalogue=catalogue,
        learned=learned,
    )


async def copy_template(
    tx: Transaction, code: str, *, title: str, by: Person, now: datetime
) -> Template:
    """Make a new template of one that is there; it is out of use until somebody takes it in use.

    :raises RuleBroken: `template.not_found`
    :raises TemplateFlawed: when the title will not do
    """
    seen = await see_template(tx, code, by=by)
    new = _next_code(seen.template.kind, seen.catalogue)
    written = {**seen.written, "code": new, "version": "1", "title": title, "in_use": "nej"}
    override = Override(template=new, revision=1, changes={}, by=by.id, at=now)
    return await _keep(tx, written, override, catalogue=seen.catalogue)


async def use_template(
    tx: Transaction, code: str, *, seen: int, in_use: bool, by: Person, now: datetime
) -> Template:
    """Offer a template where alerts and plans are made, or offer it no more.

    :raises RuleBroken: `template.not_found` or `template.moved_on`
    """
    found = await see_template(tx, code, by=by)
    if found.template.in_use is in_use:
        return found.template
    laid: dict[str, Data | None] = {"in_use": "ja" if in_use else "nej"}
    return await change_template(tx, code, seen=seen, laid=laid, by=by, now=now)


async def _keep(
    tx: Transaction,
    written: Mapping[str, Data],
    override: Override,
    *,
    catalogue: Catalogue,
    learned: Learning | None = None,
) -> Template:
    template = read_template(written, catalogue=catalogue, revision=override.revision)
    code = override.template
    ships = _as_shipped(code, catalogue) if code in shipped().templates else {}
    changes = changes_of(_written(template, catalogue), shipped=ships)
    await tx.template_overrides.add(
        Override(
            template=code,
            revision=override.revision,
            changes=changes,
            by=override.by,
            at=override.at,
            because=override.because,
            alert=override.alert,
        )
    )
    if learned is not None:
        done = learned.ended(LearningState.DONE, revision=override.revision, now=override.at)
        await tx.learnings.save(done)
    await tx.audit.record(
        at=override.at,
        actor=override.by,
        action="template.keep_template",
        about=code,
        result=template.label,
        purpose=ADMINISTRATION,
    )
    return template


async def _learned(tx: Transaction, id: UUID | None, code: str) -> Learning | None:
    if id is None:
        return None
    found = await tx.learnings.find(id)
    if found is None or found.template != code:
        raise RuleBroken("learning.ended")
    return found


def _seen(
    kept: Sequence[Override], code: str, revision: int, catalogue: Catalogue
) -> Mapping[str, Data]:
    """Write the edition that somebody saw.

    :raises RuleBroken: `template.moved_on`, of an edition that never was
    """
    for each in kept:
        if each.revision == revision:
            return _as_of(each, catalogue)
    if revision or code not in shipped().templates:
        raise RuleBroken("template.moved_on")
    return _as_shipped(code, catalogue)


def _as_of(override: Override, catalogue: Catalogue) -> dict[str, Data]:
    """Write an edition; one that does not fit what ships any more, as it was kept."""
    ships = shipped().templates.get(override.template, {})
    written = {**merged(ships, override.changes), "code": override.template}
    try:
        return _canonical(written, catalogue)
    except TemplateFlawed:
        return written


def _as_shipped(code: str, catalogue: Catalogue) -> dict[str, Data]:
    return _canonical(shipped().templates[code], catalogue)


def _canonical(written: Mapping[str, Data], catalogue: Catalogue) -> dict[str, Data]:
    """Write it as a template is written, so that the same reads the same."""
    return _written(read_template(written, catalogue=catalogue, revision=0), catalogue)


def _written(template: Template, catalogue: Catalogue) -> dict[str, Data]:
    return written_template(template, shared=catalogue.lists)


def _next_code(kind: PlanKind, catalogue: Catalogue) -> str:
    letter = _LETTERS[kind]
    taken = (each.removeprefix(letter) for each in catalogue.templates if each[0] == letter)
    return f"{letter}{max((int(each) for each in taken if each.isdecimal()), default=0) + 1}"
