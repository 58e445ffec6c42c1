"""The lines of the log as people read them: what was seen or done, and what for (ACC-3)."""

from cards.words import Say


def happened(action: str, say: Say) -> str:
    """Say what was done, such as `case.open`; never by its code."""
    kind, _, done = action.partition(".")
    if not say.has(f"log.done.{done}"):
        return say("log.anything")
    thing = kind if say.has(f"log.of.{kind}") else "case"
    return say(f"log.done.{done}", what=say(f"log.of.{thing}"))


def purpose_of(purpose: str, say: Say) -> str:
    """Say what for; never by its code."""
    code = purpose.lower() if say.has(f"log.purpose.{purpose.lower()}") else "none"
    return say(f"log.purpose.{code}")
