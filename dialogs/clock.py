"""An hour on the wall as an answer, and the moment that is meant by it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cards import blocks
from cards.shown import Json, Piece
from cards.words import Say
from dialogs.fields import Free
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.periods import moment
from domain.plan_times import read_hour

LONGEST = 8  # characters of "kl 14.05"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Free):
    """An hour such as 14.05, however it is written; kept as 14:05."""

    def read(self, answer: str, *, today: date, say: Say) -> Json:
        del today, say
        said = answer.strip().casefold().removeprefix("kl").strip(" .")
        try:
            return f"{read_hour(said):%H:%M}"
        except RuleBroken:
            raise RuleBroken("field.hour") from None

    def piece(self, key: str, label: str, *, value: str, say: Say) -> Piece:
        return blocks.text_input(
            key, label, value=value, hint=say("field.hour_hint"), at_most=LONGEST, lines=False
        )

    def show(self, value: Json, say: Say) -> str:
        del say
        return str(value).replace(":", ".")


def on(day: date, hour: str) -> datetime:
    """Give the moment of an hour on a day in Copenhagen."""
    return moment(day, read_hour(hour))


def latest(hour: str, *, now: datetime) -> datetime:
    """Give the last time it was that hour: today, or yesterday where that is still to come."""
    today = on(local_date(now), hour)
    return today if today <= now else on(local_date(now) - timedelta(days=1), hour)
