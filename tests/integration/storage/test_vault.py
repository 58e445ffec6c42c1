"""The vault: which keys it takes, what it remembers, and what its blind index gives away."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sealing import Envelope, Key
from storage.vault import REMEMBERED_FOR, KeyRefused, Vault
from tests.integration.storage.examples import SECRETS, vault

DIGITS = st.text(alphabet="0123456789", min_size=10, max_size=10)


class TestVault:
    @pytest.mark.parametrize(
        ("masters", "indexes"),
        [
            pytest.param({}, {1: SECRETS[8]}, id="no master key"),
            pytest.param({1: SECRETS[1]}, {}, id="no index key"),
            pytest.param({1: SECRETS[1][:31]}, {1: SECRETS[8]}, id="a truncated key"),
            pytest.param({1: b""}, {1: SECRETS[8]}, id="an empty key"),
            pytest.param({1: SECRETS[1], 2: SECRETS[1]}, {1: SECRETS[8]}, id="the same twice"),
            pytest.param({1: SECRETS[1]}, {1: SECRETS[1]}, id="one for both"),
        ],
    )
    def test_refuses(self, masters: dict[int, bytes], indexes: dict[int, bytes]) -> None:
        """AC-CRYPT-06."""
        with pytest.raises(KeyRefused) as refused:
            Vault(masters=masters, indexes=indexes)

        assert repr(SECRETS[1]) not in str(refused.value)

    def test_shows_no_key(self) -> None:
        """AC-CRYPT-07: neither in a traceback nor in a log."""
        key, secret = Key.fresh()
        keys = vault()
        _, wrapped = keys.fresh_key("a", version=1)

        assert secret.hex() not in repr(key)
        assert repr(SECRETS[1])[2:-1] not in repr(keys)
        assert repr(wrapped) == "Envelope()"

    def test_remembers_a_data_key_for_a_minute_at_most(self) -> None:
        time = [1000.0]
        keys = Vault(masters={1: SECRETS[1]}, indexes={1: SECRETS[8]}, ticks=lambda: time[0])
        key, _ = keys.fresh_key("a", version=1)
        keys.remember({"a": key})

        time[0] += REMEMBERED_FOR.total_seconds() - 1
        assert keys.recall("a") is key
        time[0] += 1
        assert keys.recall("a") is None

    def test_remembers_the_last_used_keys_only(self) -> None:
        keys = vault()
        key, _ = keys.fresh_key("a", version=1)
        keys.remember({"first": key, "second": key})
        assert keys.recall("first") is key

        keys.remember({str(number): key for number in range(2047)})

        assert keys.recall("second") is None
        assert keys.recall("first") is key

    def test_refuses_a_wrapped_key_that_was_given_to_another_subject(self) -> None:
        """AC-CRYPT-02: swapping rows in the key store opens nothing."""
        keys = vault()
        _, wrapped = keys.fresh_key("a", version=1)

        with pytest.raises(KeyRefused):
            keys.unwrap("b", version=1, wrapped=wrapped)

    def test_refuses_a_proof_made_by_another_key(self) -> None:
        elsewhere = Vault(masters={1: SECRETS[2]}, indexes={8: SECRETS[9]})

        assert not vault().proves_master(1, elsewhere.master_proof(1))
        assert not vault().proves_master(1, Envelope(b"\x01" + bytes(28)))
        assert not vault().proves_index(8, elsewhere.index_proof(8))


class TestBlindIndex:
    @given(DIGITS, DIGITS)
    def test_is_the_same_for_the_same_number_only(self, one: str, other: str) -> None:
        keys = vault()

        assert (keys.marks(one) == keys.marks(other)) == (one == other)

    @given(DIGITS)
    def test_cannot_be_made_without_the_key(self, digits: str) -> None:
        """AC-CRYPT-05: it is no plain hash, and another key gives another index."""
        marks = vault(indexes=(8, 9)).marks(digits)

        assert marks[8] != marks[9]
        assert hashlib.sha256(digits.encode()).digest() not in marks.values()
        assert hashlib.sha256(f"v1|{digits}".encode()).digest() not in marks.values()

    @pytest.mark.parametrize(
        "digits", ["", "150341501", "150341-501", "١٥٠٣٤١٥٠١٨", "15034150188"]
    )
    def test_takes_ten_digits_only(self, digits: str) -> None:
        with pytest.raises(ValueError, match="ten digits"):
            vault().marks(digits)
