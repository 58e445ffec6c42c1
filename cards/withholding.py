"""What an authority keeps to itself, as it offers it to be withheld or shared again (S115-12)."""

from collections.abc import Mapping, Sequence

from cards.words import Say
from domain.dates import local_date
from domain.records import Record


def pieces(own: Sequence[Record], *, say: Say) -> Mapping[str, str]:
    """Name what one's own authority wrote by its kind and its day, never by its words."""
    return {
        str(each.id): say(
            "withhold.piece_withheld" if each.withheld_by else "withhold.piece_shared",
            kind=say(f"record.{each.kind}"),
            date=f"{local_date(each.at):%d.%m.%Y}",
        )
        for each in own
    }
