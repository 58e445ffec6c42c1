"""Who takes part in an action plan: the six authorities and the Secretariat (EMG-4, BER-12)."""

from enum import StrEnum

from domain.people import Authority


class Party(StrEnum):
    """Somebody who can be responsible for a measure; whoever is outside SSP never is."""

    BUF = "BUF"
    SOF = "SOF"
    KP = "KP"
    KFF = "KFF"
    BIF = "BIF"
    KFO = "KFO"
    SEK = "SEK"

    @property
    def authority(self) -> Authority | None:
        """The authority; none for the Secretariat, which belongs to all of them."""
        return None if self is Party.SEK else Authority(self.value)


DEFAULT_PARTIES = tuple(each for each in Party if each is not Party.KFO)
"""Who takes part unless somebody says otherwise: probation is one tap away (BER-12)."""
