"""How a rule says no."""


class RuleBroken(Exception):
    """Someone asked for something the rules do not allow.

    The code names a text that tells the person what to do instead; the facts
    fill in its blanks. A broken rule is an answer, not a fault: it is shown,
    never logged as an error.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
