"""What can be done to the audit chain, and what the check then says (AC-AUD-02, 04)."""

import pytest

from domain.anchors import Anchor, written
from domain.trail import ChainKey, Head, link, read
from storage.database import Database
from storage.verifying import verify
from tests.integration.storage.chains import (
    DAY,
    LINKS,
    TIRED,
    Act,
    added,
    anchor,
    breaks,
    changed,
    closed_up,
    copied_to_the_end,
    edited_and_closed_anew_without_the_key,
    rebuilt_longer,
    removed,
    swapped,
    wiped_and_rebuilt,
)
from tests.integration.storage.examples import MONDAY_NOON
from tests.support.tampering import chain_of, did


class TestAChain:
    async def test_that_nobody_touched_holds(self, chain: Database) -> None:
        """AC-AUD-04: also after the way through the database and back."""
        verdict = await verify(chain, anchors=[await anchor(chain)], at_once=4)

        assert verdict.holds
        assert (verdict.links, verdict.head.seq, verdict.anchored) == (LINKS, LINKS, LINKS)

    async def test_that_has_not_begun_holds(self, database: Database) -> None:
        verdict = await verify(database, anchors=[])

        assert (verdict.holds, verdict.links, verdict.anchored) == (True, 0, None)

    @pytest.mark.parametrize(
        ("act", "found"),
        [
            pytest.param(TIRED, ["edited:5"], id="an event edited"),
            pytest.param(changed(5, mac=bytes(32)), ["edited:5"], id="a seal edited"),
            pytest.param(changed(5, prev=bytes(32)), ["edited:5"], id="a link edited"),
            pytest.param(changed(5, key_version=2), ["edited:5"], id="another key named"),
            pytest.param(
                edited_and_closed_anew_without_the_key, ["edited:5"], id="edited and closed anew"
            ),
            pytest.param(changed(5, about="other"), ["column:5"], id="a copy to look up by"),
            pytest.param(changed(5, at=MONDAY_NOON + DAY), ["column:5"], id="a copied moment"),
            pytest.param(removed(5), ["missing:5"], id="one removed"),
            pytest.param(removed(1), ["missing:1"], id="the first removed"),
            pytest.param(removed(4, 5, 6), ["missing:4-6"], id="some removed"),
            pytest.param(swapped, ["reordered:4", "reordered:5"], id="two exchanged"),
            pytest.param(
                closed_up,
                ["reordered:5", "reordered:6", "reordered:7", "reordered:8"],
                id="one removed and the gap hidden",
            ),
            pytest.param(copied_to_the_end, [f"copied:{LINKS + 1}"], id="one copied"),
            pytest.param(added(), [f"forged:{LINKS + 1}"], id="one forged"),
            pytest.param(
                added(times=2), [f"forged:{LINKS + 1}", f"forged:{LINKS + 2}"], id="two forged"
            ),
        ],
    )
    async def test_that_was_altered_says_where_and_how_without_an_anchor(
        self, chain: Database, act: Act, found: list[str]
    ) -> None:
        """AC-AUD-02."""
        await act(chain)

        verdict = await verify(chain, anchors=[])

        assert breaks(verdict) == found

    @pytest.mark.parametrize(
        ("act", "found", "without"),
        [
            pytest.param(removed(8, 9), ["truncated:8-9"], [], id="the end cut off"),
            pytest.param(
                removed(*range(1, LINKS + 1)), [f"wiped:1-{LINKS}"], ["wiped:1"], id="wiped"
            ),
            pytest.param(wiped_and_rebuilt, [f"rebuilt:{LINKS}"], [], id="rebuilt with the key"),
            pytest.param(rebuilt_longer, [f"rebuilt:{LINKS}"], [], id="rebuilt with the key, on"),
            pytest.param(
                changed(LINKS, about="x", mac=bytes(32)),
                [f"edited:{LINKS}"],
                [f"forged:{LINKS}"],
                id="the last one edited",
            ),
        ],
    )
    async def test_is_held_by_an_anchor_where_it_cannot_hold_itself(
        self, chain: Database, act: Act, found: list[str], without: list[str]
    ) -> None:
        """AC-AUD-02: what verifies as whole without one is why there is one."""
        held = await anchor(chain)
        await act(chain)

        assert breaks(await verify(chain, anchors=[held])) == found
        assert breaks(await verify(chain, anchors=[])) == without

    async def test_written_anew_from_the_middle_with_the_key_does_not_join(
        self, chain: Database
    ) -> None:
        links = await chain_of(chain)
        async with chain.transaction() as tx:
            key = await tx.chain_keys.of(1)
        other = link(read(links[3].event).event, after=Head(seq=4, mac=bytes(range(32))), key=key)
        await changed(5, prev=other.prev, event=other.event, mac=other.mac, about=other.about)(
            chain
        )

        found = breaks(await verify(chain, anchors=[]))

        assert found == ["rebuilt:5"]


class TestAnAnchor:
    async def test_that_we_have_not_signed_is_named_by_its_line(self, chain: Database) -> None:
        ours = await anchor(chain, seq=5)
        stranger = written(
            Anchor(at=MONDAY_NOON, head=Head(seq=3, mac=bytes(32))),
            key=ChainKey(1, bytes(range(32))),
        )

        verdict = await verify(chain, anchors=[ours, stranger, ours.replace("5", "6"), "{}", "?"])

        assert breaks(verdict) == ["anchor:2", "anchor:3", "anchor:4", "anchor:5"]
        assert verdict.anchored == 5

    async def test_that_accepts_what_was_found_leaves_only_what_is_new(
        self, chain: Database
    ) -> None:
        """AC-BAK-01: after a restore the end is missing, and an operator says that it is so."""
        held = await anchor(chain)
        await removed(8, 9)(chain)
        await changed(3, about="other")(chain)
        before = await verify(chain, anchors=[held])
        async with chain.transaction() as tx:
            key = await tx.chain_keys.of(1)
        accepted = written(
            Anchor(at=MONDAY_NOON, head=before.head, accepted=frozenset(breaks(before))), key=key
        )

        await did(chain, "later", "later still", at=MONDAY_NOON)
        verdict = await verify(chain, anchors=[held, accepted])
        assert verdict.holds
        assert [str(each) for each in verdict.known] == ["column:3"]

        await changed(4, about="other")(chain)
        assert breaks(await verify(chain, anchors=[held, accepted])) == ["column:4"]
