"""A replica that closes leaves nothing behind that it has claimed."""

import asyncio

from tests.support.post import CARL, Post, told


async def test_closing_waits_for_a_claim_that_is_being_made(post: Post) -> None:
    """Else its letters would leave after the way out and the database are closed."""
    await post.promises(told(CARL))
    running = asyncio.create_task(post.sender.run())
    await asyncio.sleep(0)  # it is asking the database now

    await post.sender.close()
    await running

    assert not post.sender.busy
    assert await post.next_due() is None
    assert post.received == ["chat-carl"]
