"""The words the hints and the warnings look for, as data (concern.md §4.3, §4.7).

In a phrase `*` stands for the rest of a word, a space for any gap, and `…` for up to
three words in between. The lists are ours; they may be changed without touching code.
"""

import re
from collections.abc import Iterable, Mapping

NUMBERS: Mapping[str, int] = {
    "ti": 10,
    "elleve": 11,
    "tolv": 12,
    "tretten": 13,
    "fjorten": 14,
    "femten": 15,
    "seksten": 16,
    "sytten": 17,
    "atten": 18,
    "nitten": 19,
    "tyve": 20,
    "enogtyve": 21,
    "toogtyve": 22,
    "treogtyve": 23,
    "fireogtyve": 24,
    "femogtyve": 25,
}

SIGNS: Mapping[int, tuple[str, ...]] = {
    4: (
        *("grov* vold", "groft vold*", "*røveri*", "*overfald*", "voldtægt*", "voldtog"),
        *("*kniv", "*kniven", "*knive", "*knivene", "knivst*", "*våben", "*våbnet"),
        *("pistol*", "machete*", "knojern*", "peberspray", "drab", "drabsforsøg"),
    ),
    3: (
        *("sigtet … flere gange", "sigtet … gentagne gange", "flere gange … sigtet"),
        *("dømt … flere gange", "dømt … gentagne gange", "flere gange … dømt"),
        *("gentagne gange … sigtet", "gentagne gange … dømt", "flere sigtelser", "flere domme"),
        *("varetægtsfængsl*", "medlem af … bande*", "del af … bande", "bandemedlem*"),
        *("rockermedlem*", "medlem af … rocker*", "tilknyttet … bande*"),
    ),
    2: (
        *("sigtet", "sigtelse*", "dømt", "anholdt", "hærværk*", "*tyveri*", "*indbrud*"),
        *("stjæler", "stjålet", "stjal", "vold", "hæleri", "brandstiftelse"),
        *("*bandemiljø*", "*rockermiljø*", "*rockergruppe*", "*bandegruppe*", "sælger … hash"),
        *("sælger … stoffer", "sælger … narko*"),
    ),
    1: (
        *("*fravær*", "udeblivelse*", "udebliver", "pjæk*", "skulker*", "mistrives", "mistrivsel"),
        *("ændret adfærd", "adfærdsændring*", "trækker sig", "grænseoverskridende*"),
        *("mobber", "mobning", "chikane*", "truer", "truet", "truede", "trusler", "trussel"),
        *("slår", "slog", "slået", "slås", "slagsmål*", "udadreagerende", "utryghedsskabende"),
        *("i periferien af", "hænger … ud med", "*hash", "mistænkelig*"),
    ),
}

NEGATIONS = ("ikke", "ingen", "intet", "aldrig", "hverken", "uden")
UNCERTAINTIES = (
    *("rygte*", "måske", "muligvis", "vistnok", "angiveligt", "formentlig", "formodentlig"),
    *("frygt", "frygter", "bange for", "nervøs* for", "risiko for", "risikoen for"),
    *("mistanke om", "mistænkt for", "mistænkes for", "hvis", "tror"),
)
RELATIONS = (
    *("*bror", "*broren", "*broderen", "brødre", "brødrene", "*søster", "*søsteren", "søstre"),
    *("søstrene", "søskende", "*far", "*faren", "faderen", "*mor", "*moren", "moderen"),
    *("forældre", "forældrene", "fætter*", "kusine*", "onkel", "tante", "kæreste*"),
)
OTHER_PEOPLE = (
    *RELATIONS,
    *("ven", "vennen", "venner", "vennerne", "veninde*", "*kammerat*", "nabo*"),
)
VICTIMS = (
    *("blev … *overfaldet", "blevet … *overfaldet", "bliver … *overfaldet", "overfaldes af"),
    *("blev … røvet", "blevet … røvet", "blev … slået", "blevet … slået", "bliver … slået"),
    *("blev … truet", "blevet … truet", "bliver … truet", "blev … *stukket"),
    *("blevet … *stukket", "blev … bestjålet", "blevet … bestjålet", "blev … voldtaget"),
    *("blevet … voldtaget", "blev … mobbet", "blevet … mobbet", "bliver … mobbet"),
    *("offer", "offeret", "ofre", "ofret", "udsat for", "forurettet", "forurettede"),
)

ORIGINS = (  # ethnicity and religion
    *("etnisk*", "etnicitet*", "nationalitet*", "indvandrer*", "efterkommer*", "hudfarve*"),
    *("flygtninge*", "araber*", "arabisk*", "somali*", "tyrker*", "tyrkisk*", "pakistan*"),
    *("marokkan*", "irak*", "iransk*", "afghan*", "syrer*", "syrisk*", "palæstin*", "libanes*"),
    *("kurder*", "kurdisk*", "eritre*", "rumæn*", "polak*", "polsk*", "roma", "romaer*"),
    *("sigøjner*", "perker*", "neger*", "religion*", "religiøs*", "troende", "muslim*"),
    *("islam*", "moské*", "koran*", "kristen*", "kristne", "jøde*", "jødisk*", "hindu*"),
    *("buddhis*", "katolik*", "katolsk*"),
)
LABELS = (  # words for what somebody is, where what was seen belongs
    *("bandemedlem*", "rockermedlem*", "gangster*", "kriminel", "kriminelle", "psykopat*"),
    *("voldsmand*", "voldspsykopat*", "tyveknægt*", "narkoman*", "junkie*", "pusher*"),
    *("ballademager*", "bølle*", "taber", "tabere", "problembarn", "problembørn"),
)

_BETWEEN = r"(?:\s{1,3}\w{1,20}){0,3}\s{1,3}"
_MEANING = {"*": r"\w{0,14}", " ": r"\s{1,3}"}


def any_of(phrases: Iterable[str]) -> str:
    """Turn phrases into a regular expression for whole words in small letters.

    No part of it repeats without end, so it reads any text in linear time (AC-IN-04).
    """
    return rf"(?<!\w)(?=\w)(?:{'|'.join(map(_meaning, phrases))})(?!\w)"


def _meaning(phrase: str) -> str:
    return _BETWEEN.join(
        "".join(_MEANING.get(sign, re.escape(sign)) for sign in part)
        for part in phrase.split(" … ")
    )
