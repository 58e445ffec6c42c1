"""Sealed values: what they are bound to, and what is refused (AC-CRYPT-02)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.columns import Codes, Instant, Sealed
from storage.sealing import Envelope, Key, NotSealed, Place

DIALECT = sqlite.dialect()
HERE = Place("data", "drafts", "1", "body")
PLACES = st.builds(Place, st.text(), st.text(), st.text(), st.text())


class TestKey:
    @given(st.binary(), PLACES)
    def test_opens_what_it_sealed_in_the_same_place(self, content: bytes, place: Place) -> None:
        key, _ = Key.fresh()

        assert key.open(key.seal(content, place), place) == content

    @given(PLACES, PLACES)
    def test_refuses_a_value_moved_elsewhere(self, place: Place, elsewhere: Place) -> None:
        """AC-CRYPT-02: another row, column, table or schema."""
        key, _ = Key.fresh()
        sealed = key.seal(b"confided", place)

        if place == elsewhere:
            assert key.open(sealed, elsewhere) == b"confided"
        else:
            with pytest.raises(NotSealed):
                key.open(sealed, elsewhere)

    @given(st.data())
    def test_refuses_a_value_of_which_one_bit_was_changed(self, data: st.DataObject) -> None:
        key, _ = Key.fresh()
        stored = bytearray(key.seal(b"confided", HERE).stored)
        at = data.draw(st.integers(0, len(stored) - 1))
        stored[at] ^= 1 << data.draw(st.integers(0, 7))

        with pytest.raises(NotSealed):
            key.open(Envelope(bytes(stored)), HERE)

    def test_never_seals_twice_the_same(self) -> None:
        key, _ = Key.fresh()

        assert len({key.seal(b"confided", HERE).stored for _ in range(100)}) == 100

    def test_does_not_open_what_another_key_sealed(self) -> None:
        ours, _ = Key.fresh()
        theirs, _ = Key.fresh()

        with pytest.raises(NotSealed):
            ours.open(theirs.seal(b"confided", HERE), HERE)


class TestSealed:
    @pytest.mark.parametrize("found", [b"", b"confided", b"\x02" + bytes(60), b"\x01" + bytes(27)])
    def test_refuses_to_read_what_is_no_envelope(self, found: bytes) -> None:
        read = Sealed().result_processor(DIALECT, None)
        assert read is not None

        with pytest.raises(NotSealed):
            read(found)


class TestInstant:
    def test_refuses_a_moment_without_a_time_zone(self) -> None:
        bind = Instant().bind_processor(DIALECT)
        assert bind is not None

        with pytest.raises(ValueError, match="time zone"):
            bind(datetime(2026, 3, 2, 12))  # noqa: DTZ001

    @given(
        st.datetimes(
            min_value=datetime(1900, 1, 1),  # noqa: DTZ001
            max_value=datetime(2200, 1, 1),  # noqa: DTZ001
            timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours))),
        )
    )
    def test_comes_back_as_the_same_moment_in_utc(self, moment: datetime) -> None:
        bind, read = Instant().bind_processor(DIALECT), Instant().result_processor(DIALECT, None)
        assert bind is not None
        assert read is not None

        again = read(bind(moment))

        assert again == moment
        assert again.tzinfo is UTC


class TestCodes:
    @pytest.mark.parametrize("code", ["", "two words", "tab\t", " "])
    def test_refuses_what_would_come_back_as_something_else(self, code: str) -> None:
        bind = Codes().bind_processor(DIALECT)
        assert bind is not None

        with pytest.raises(ValueError, match="code"):
            bind((code,))
