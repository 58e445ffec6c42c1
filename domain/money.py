"""Money as whole øre: read as Danes type an amount, and written as they write it."""

import re

from domain.errors import RuleBroken

PARTS = 100  # of a krone: øre

_AMOUNT = re.compile(
    r"(?:(?:kr\.?|dkk) ?)?"
    r"(?P<kroner>[0-9]{1,9}|[0-9]{1,3}(?:[. ][0-9]{3}){1,2})"
    r"(?:,(?:(?P<rest>[0-9]{1,2})|-{1,2}|–))?"
    r" ?(?:kr\.?|kroner|dkk|,-)?"
)

PATTERNS = (_AMOUNT,)


def read_kroner(text: str) -> int:
    """Read an amount such as `12.500`, `12 500 kr.`, `kr. 1.000,-` or `99,5`; give øre.

    A dot or a blank stands between thousands and a comma before the øre, as in Danish.

    :raises RuleBroken: `money.format`
    """
    said = " ".join(text.casefold().split())
    written = _AMOUNT.fullmatch(said)
    if written is None:
        raise RuleBroken("money.format")
    kroner = int(re.sub(r"[. ]", "", written["kroner"]))
    return kroner * PARTS + int((written["rest"] or "0").ljust(2, "0"))


def in_kroner(amount: int) -> str:
    """Write øre the Danish way: `12.500 kr.`, and `12.500,50 kr.` where there are any."""
    sign = "-" if amount < 0 else ""
    kroner, rest = divmod(abs(amount), PARTS)
    thousands = f"{kroner:,}".replace(",", ".")
    return f"{sign}{thousands},{rest:02} kr." if rest else f"{sign}{thousands} kr."
