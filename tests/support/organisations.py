"""Registers a property test can draw: sound in form, invented in content."""

import string

from hypothesis import strategies as st

from domain.areas import AREAS
from domain.people import (
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Institution,
    Language,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from domain.representation import INSTITUTION_KINDS, slot_codes

AREA_CODES = st.sampled_from([area.code for area in AREAS])

_AWKWARD = ("null", "~", "no", "ja", "12", "1e3", "- x", "a: b", "#", "'", '"', "@bo", "*x", "&x")
WORDS = st.one_of(
    st.sampled_from(_AWKWARD),
    st.text(alphabet=string.ascii_letters + "æøåÆØÅéłğ '-:#,.[]{}\"", min_size=1, max_size=20),
).filter(lambda text: bool(text.strip()))


@st.composite
def committees(draw: st.DrawFn) -> Committee:
    return Committee(
        code=CommitteeCode(draw(st.from_regex(r"[A-Z]{2}-?[0-9]{1,2}", fullmatch=True))),
        type=draw(st.sampled_from(CommitteeType)),
        name=draw(WORDS),
        areas=tuple(draw(st.lists(AREA_CODES, unique=True, max_size=4))),
        team_id=draw(st.none() | WORDS),
    )


@st.composite
def people(draw: st.DrawFn, id: str) -> Person:
    return Person(
        id=PersonId(id),
        aad_id=str(draw(st.uuids())),
        name=draw(WORDS),
        authority=draw(st.sampled_from(Authority)),
        function=draw(WORDS),
        email=draw(WORDS),
        phone=draw(st.just("") | WORDS),
        s115_covered=draw(st.booleans()),
        active=draw(st.booleans()),
        language=draw(st.none() | st.sampled_from(Language)),
        offices=frozenset(draw(st.sets(st.sampled_from(Office)))),
    )


@st.composite
def institutions(draw: st.DrawFn) -> Institution:
    return Institution(
        area=draw(AREA_CODES), name=draw(WORDS), kind=draw(st.sampled_from(INSTITUTION_KINDS))
    )


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Draw people, committees, and seats that fit the committee they are in."""
    ids = [f"p{number}" for number in range(draw(st.integers(min_value=1, max_value=8)))]
    drawn = draw(st.lists(committees(), min_size=1, max_size=5, unique_by=lambda each: each.code))
    seats = [
        Membership(
            committee=committee.code,
            person=PersonId(person),
            slot=draw(st.sampled_from(sorted(slot_codes(committee.type)))),
            seat=draw(st.sampled_from(Seat)),
        )
        for person in ids
        for committee in draw(st.lists(st.sampled_from(drawn), unique=True, max_size=3))
    ]
    return Organisation(
        people=tuple(draw(people(person)) for person in ids),
        committees=tuple(drawn),
        memberships=tuple(seats),
        institutions=tuple(draw(st.lists(institutions(), max_size=6))),
        groups={
            committee.code: str(group)
            for committee in drawn
            if (group := draw(st.none() | st.uuids())) is not None
        },
    )
