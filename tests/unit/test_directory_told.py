"""What Entra tells, before anything is made of it: names, addresses, and who came and went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.directory import mail_told, name_told
from graph.directory import account_told, follow_members

CAME = {"@odata.type": "#microsoft.graph.user", "id": "ANNA"}
LEFT = {**CAME, "@removed": {"reason": "deleted"}}
DEVICE = {"@odata.type": "#microsoft.graph.device", "id": "a printer"}
NESTED = {"@odata.type": "#microsoft.graph.group", "id": "guards"}


class TestWhatIsToldFromOutside:
    @given(st.text(max_size=300))
    def test_is_a_name_of_one_line(self, said: str) -> None:
        name = name_told(said)

        assert name.isprintable()
        assert len(name) <= 120

    @given(st.text(max_size=300) | st.emails())
    def test_is_an_address_or_nothing(self, said: str) -> None:
        address = mail_told(said)

        assert address == "" or (address.count("@") == 1 and address.isprintable())


class TestPagesOfOneGroup:
    @pytest.mark.parametrize(
        ("pages", "came", "left"),
        [
            ([[CAME]], {"anna": False}, set()),
            ([[CAME], [LEFT]], {}, {"anna"}),
            ([[LEFT], [CAME]], {"anna": False}, set()),
            ([[CAME, LEFT, CAME]], {"anna": False}, set()),
            ([[DEVICE], [NESTED]], {"guards": True}, set()),
        ],
    )
    def test_are_right_in_their_order(
        self, pages: list[list[dict[str, object]]], came: dict[str, bool], left: set[str]
    ) -> None:
        inside: dict[str, bool] = {}
        outside: set[str] = set()
        for members in pages:
            follow_members({"members@delta": members}, inside, outside)

        assert (inside, outside) == (came, left)


class TestAnAccount:
    def test_of_a_guest_is_known_by_its_kind_or_its_name(self) -> None:
        """Police and probation are guests: a user name of theirs is no address."""
        for body in (
            {"userType": "Guest", "userPrincipalName": "carl@politi.example"},
            {"userPrincipalName": "carl_politi.example#EXT#@kk.onmicrosoft.example"},
        ):
            account = account_told("carl", {"accountEnabled": True, **body})
            assert account is not None
            assert account.guest
            assert "#EXT#" not in account.mail

    def test_without_mail_has_the_address_it_signs_in_by(self) -> None:
        body = {"accountEnabled": True, "mail": None, "userPrincipalName": "bo@kk.example"}
        account = account_told("bo", body)

        assert account is not None
        assert (account.mail, account.guest, account.enabled) == ("bo@kk.example", False, True)

    @pytest.mark.parametrize("untold", [{}, {"accountEnabled": None}])
    def test_that_we_may_not_see_the_state_of_is_no_account(self, untold: dict[str, None]) -> None:
        """Taking everybody to be open would let those in who have left."""
        assert account_told("bo", {"displayName": "Bo", **untold}) is None
