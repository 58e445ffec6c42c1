"""Read whom to telephone when nothing else works, for printing (BER-69)."""

from collections.abc import Sequence

from domain.call_sheet import Section, call_sheet
from storage.database import Transaction
from usecases.read_roster import read_roster


async def read_call_sheet(tx: Transaction) -> Sequence[Section]:
    return call_sheet(await read_roster(tx))
