"""Invented names: first names one meets in Copenhagen, family names nobody has."""

import unicodedata
from collections.abc import Iterator

_FIRST_NAMES = (
    "Mette", "Yusuf", "Søren", "Camilla", "Amina", "Jens", "Ida", "Mehmet", "Louise", "Rasmus",
    "Fatima", "Henrik", "Sofie", "Bilal", "Åse", "Morten", "Priya", "Kirsten", "Emil", "Zeynep",
    "Anders", "Maja", "Hamza", "Birgitte", "Jonas", "Olena", "Lars", "Freja", "Ibrahim", "Trine",
    "Nikolaj", "Samira", "Ulla", "Oscar", "Thi Lan", "Peter", "Karen", "Omar", "Signe", "Troels",
    "Nadia", "Frederik", "Anne-Marie", "Idris", "Pernille", "Łukasz", "Hanne", "Victor", "Leila",
    "Jørgen", "Astrid", "Tariq", "Lise", "Kasper", "Aylin", "Niels", "Charlotte", "Davit", "Ane",
    "Magnus", "Hodan", "Bent", "Josefine", "Arjun", "Vibeke", "Mikkel", "Renée", "Malik", "Gitte",
    "Simon", "Uğur", "Bodil", "Alberte", "Farid", "Lone", "Christian", "Mirjam", "Abdirahman",
    "Tine", "Oliver", "Jasmina", "Kenneth", "Nanna", "Rojda", "Thomas", "Line", "Kwame", "Inger",
    "Sebastian", "Parisa", "Martin", "Cecilie", "Goran", "Rikke", "Aksel", "Dilan", "Stine",
)  # fmt: skip

_BEGINNINGS = (
    "Bregne", "Havre", "Ulve", "Lærke", "Trane", "Mose", "Lyng", "Hassel", "Tjørne", "Rav",
    "Sølv", "Vinter", "Sommer", "Brombær", "Morgen", "Nordlys", "Kløver", "Rim", "Skov",
    "Strand", "Måne",
)  # fmt: skip

_ENDINGS = (
    "fløjte", "vinge", "fjed", "glimt", "sang", "kvist", "klokke", "spire", "hjort", "krone",
    "lygte", "pil", "drys", "tåge", "fjer", "sti", "gnist", "bølge", "sejl", "kær",
)  # fmt: skip

_SPELT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "ı": "i", " ": ".", "-": "."})


def full_names() -> Iterator[str]:
    """Yield names whose family names are all different (21 beginnings meet 20 endings once)."""
    for number in range(len(_BEGINNINGS) * len(_ENDINGS)):
        first = _FIRST_NAMES[number % len(_FIRST_NAMES)]
        beginning = _BEGINNINGS[number % len(_BEGINNINGS)]
        yield f"{first} {beginning}{_ENDINGS[number % len(_ENDINGS)]}"


def mailbox(name: str) -> str:
    """Spell a name as the first half of an e-mail address: `Åse Lærkesti` is `aase.laerkesti`."""
    spelt = name.casefold().translate(_SPELT)
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", spelt)
        if not unicodedata.combining(letter)
    )
