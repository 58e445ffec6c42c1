"""An operator's errands about the register: load it from files, and save it to them."""

import sys
from argparse import Namespace
from pathlib import Path

from bot.clock import Clock
from bot.errands import opened
from bot.settings import Settings
from domain.people import Organisation
from scheduler.files import put
from usecases.csv_register import FILES, organisation_from_csv, organisation_to_csv
from usecases.load_organisation import load_organisation, propose_organisation
from usecases.read_organisation import organisation_from_yaml
from usecases.read_register import read_register
from usecases.write_organisation import organisation_to_yaml

AS_YAML = (".yaml", ".yml")


class RegisterRefused(Exception):
    """The register was not loaded or saved; says why, and what to do."""


async def load_register(settings: Settings, asked: Namespace) -> None:
    """Load a YAML file, or a folder of CSV files; say first what would change.

    Where there is a register already that would change, nothing is loaded without `--yes`.

    :raises OrganisationProblem: with everything that is wrong.
    :raises RegisterRefused: where somebody has to look at what would change.
    """
    organisation = _read(_named(asked))
    async with opened(settings) as database, database.transaction() as tx:
        is_first = not await tx.people.everybody()
        difference = await propose_organisation(
            tx, organisation, accept_unserved_areas=asked.accept_unserved_areas
        )
        if not is_first:
            sys.stdout.write(f"{difference}\n")
        if difference and not (is_first or asked.yes):
            raise RegisterRefused("Intet er ændret. Kør igen med --yes, hvis det skal være sådan.")
        await load_organisation(
            tx,
            organisation,
            now=Clock().now(),
            accept_unserved_areas=asked.accept_unserved_areas,
        )


async def save_register(settings: Settings, asked: Namespace) -> None:
    """Write the register to a YAML file, or as CSV files into a folder.

    :raises RegisterRefused: when no place is named, or it cannot be written there.
    """
    place = _named(asked)
    async with opened(settings) as database, database.transaction() as tx:
        organisation = await read_register(tx)
    try:
        _write(place, organisation)
    except OSError as problem:
        raise RegisterRefused(f"{place} kan ikke skrives: {problem.strerror}") from problem


def _named(asked: Namespace) -> Path:
    if asked.file is None:
        raise RegisterRefused("Skriv, hvor registret ligger: en YAML-fil eller en mappe med CSV.")
    return Path(asked.file)


def _read(place: Path) -> Organisation:
    """Read what is there.

    :raises RegisterRefused: when it cannot be read.
    """
    try:
        if place.is_dir():
            found = [place / name for name in FILES]
            return organisation_from_csv(
                {each.name: each.read_bytes() for each in found if each.exists()}
            )
        return organisation_from_yaml(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise RegisterRefused(f"{place} kan ikke læses: {problem}") from problem


def _write(place: Path, organisation: Organisation) -> None:
    if place.suffix in AS_YAML:
        put(place, organisation_to_yaml(organisation))
        return
    place.mkdir(exist_ok=True)
    for name, content in organisation_to_csv(organisation).items():
        put(place / name, content)
