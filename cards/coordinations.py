"""What is read after a coordination: when it goes on, and what is left to decide."""

from collections.abc import Sequence

from cards.cases import here
from cards.delivery import Button
from cards.forms import message
from cards.shown import Shown
from cards.words import Say
from domain.cases import Case


def coordinated(case: Case, *, inform: str, meeting: Sequence[Button], say: Say) -> Shown:
    """Confirm it, and lead on to what the family is to be told, if that is open (INF-5).

    :param inform: `undecided`, `exempted` – to be weighed again – or nothing.
    :param meeting: the way back to the meeting that takes the case, if one does.
    """
    following = "follow_up" if case.follow_up_on else "ready"
    date = say.day(case.follow_up_on) if case.follow_up_on else ""
    back: Button = (say("button.case.back"), "case.open", here(case))
    tell: Button = (say("button.inform.list"), "inform.list", here(case))
    return message(
        say("coordination.done_title"),
        say(f"coordination.then_{following}", date=date),
        *([say(f"coordination.inform_{inform}")] if inform else []),
        say=say,
        actions=[*([tell] if inform else []), *meeting, back],
    )
