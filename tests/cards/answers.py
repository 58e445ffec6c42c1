"""What the guests of the gallery answer: an ordinary concern, the longest, and a hostile one."""

from collections.abc import Callable, Mapping
from itertools import cycle, islice

Inputs = Mapping[str, str]

WORRY = "14-årig dreng i Valby er set slå en anden på vej hjem fra skole, og det er sket før"
WARNING_TEXT = (
    "GADEDRENG med CPR 010110-1234 er set foran stationen, ring til hans mor Karen Hansen på "
    "20 30 40 50. Han er bandemedlem, og familien er fra Somalia."
)
HOSTILE = (
    "[ukrudt](https://ukrudt.example) ![ukrudt](https://ukrudt.example/x.png) **ukrudt** "
    "`ukrudt` <at>ukrudt</at> <b>ukrudt</b> ${ukrudt} {{ukrudt}} "
    '{"type":"TextBlock","text":"ukrudt"} _ukrudt_\n# ukrudt\n1. ukrudt\n> ukrudt\n'
    "\u202eukrudt\u200bukrudt\u2066 \x07"
)
WEED = "ukrudt"

ORDINARY: Mapping[str, Inputs] = {
    "safety": {
        "danger": "yes",
        "notified": "will",
        "relation": "another",
        "relation_names": "Eva Rimfrost",
    },
    "call_112": {},
    "notify": {},
    "person": {"name": "Jonas Kastanjetræ", "cpr": "010112-4008", "born": "2012-01-01"},
    "about": {
        "protected": "yes",
        "area": "VAL",
        "school": "Kirsebærskolen",
        "custody": "Mona Kastanjetræ, 20 30 40 50",
        "interpreter": "yes",
        "interpreter_language": "Somali",
    },
    "concern": {
        "happened_on": "2026-02-20",
        "happened_until": "2026-02-27",
        "place": "Ved stationen",
        "observed": WORRY,
        "source": "own",
        "others": "few",
        "others_text": "To drenge fra samme klasse",
    },
    "criteria": {
        "signs_1": "L1.a,L1.b",
        "signs_2": "L2.d",
        "sign_other": "Er begyndt at gå med kniv",
    },
    "level": {
        "level": "3",
        "offence": "charged,detained",
        "offence_source": "Den unge fortalte det selv",
    },
    "risk": {
        "risk_individual": "Er let at lokke",
        "risk_family": "Storebror er dømt",
        "risk_surroundings": "Hænger ud ved stationen",
        "tried": "Samtaler på skolen, uden virkning",
    },
    "protection": {
        "protect_individual": "Vil gerne spille fodbold",
        "protect_family": "Moren møder altid op",
        "protect_surroundings": "En god klasselærer",
        "hope": "At han får noget at tage sig til om eftermiddagen",
    },
    "gate": {
        "c1": "yes",
        "c2": "yes",
        "c3": "yes",
        "necessity": "Skolen kan ikke løse det alene",
        "sensitive": "health,religion",
        "heightened": "Hans sygdom har betydning for, hvad der kan hjælpe",
    },
    "informing": {
        "informed": "told",
        "informed_on": "2026-02-28",
        "informed_reaction": "Moren er enig",
        "child_view": "Han vil helst selv klare det",
    },
    "sender": {"shield": "yes", "shield_why": "Familien har truet en kollega"},
}
PLAIN: Mapping[str, Inputs] = {
    **ORDINARY,
    "safety": {
        "danger": "no",
        "notified": "no_need",
        "notified_why": "Der er ikke grundlag for det endnu",
        "relation": "no",
    },
    "person": {"name": "Mads Kirsebær", "born": "2011-05-05"},
    "about": {"protected": "no", "area": "VAL", "interpreter": "no"},
    "level": {"level": "1"},
    "criteria": {"signs_1": "L1.a"},
    "gate": {
        "c1": "yes",
        "c2": "yes",
        "c3": "yes",
        "necessity": "Skolen kan ikke løse det alene",
        "sensitive": "none",
    },
    "informing": {
        "informed": "prevents",
        "informed_why": "De ville skjule det, vi skal hjælpe med",
    },
    "sender": {"shield": "no"},
}
SPOTS = ("individual", "family", "surroundings")
NAMELESS = {"description": "Ung med rød cykel, kommer i klubben", "age_about": "14,5"}
ROOM = {  # characters there are room for in every free text
    "relation_names": 200,
    "description": 500,
    "school": 120,
    "custody": 300,
    "interpreter_language": 60,
    "place": 200,
    "observed": 4000,
    "others_text": 500,
    "sign_other": 500,
    "offence_source": 200,
    **{f"{side}_{spot}": 500 for side in ("risk", "protect") for spot in SPOTS},
    "tried": 2000,
    "hope": 500,
    "necessity": 500,
    "heightened": 500,
    "informed_reaction": 500,
    "child_view": 1000,
    "shield_why": 500,
}


def _in_words(words: Callable[[int], str]) -> Mapping[str, Inputs]:
    """Answer as in an ordinary concern, with other words in every free text."""
    texts = {
        step: {key: words(ROOM[key]) if key in ROOM else value for key, value in inputs.items()}
        for step, inputs in ORDINARY.items()
    }
    return {**texts, "person": {"description": words(ROOM["description"]), "age_about": "14"}}


def filled(length: int) -> str:
    """Write as much as there is room for, in one long word and many short ones."""
    ordinary = "Sagsbehandlingstidsforlængelsesbegrundelse og så videre, æøå. "
    return "".join(islice(cycle("w" * 120 + " " + ordinary * 20), length)).strip()


def _hostile(length: int) -> str:
    return HOSTILE if length > len(HOSTILE) else "**ukrudt** [u](https://ukrudt.example)"


LONGEST = _in_words(filled)
NASTY = _in_words(_hostile)
