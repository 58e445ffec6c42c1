"""Nobody who asks what is kept about them reads a code of ours (ACC-3)."""

import pytest

from cards.kept_words import answers, in_words, label, said
from cards.log_lines import happened, purpose_of
from cards.words import Say
from tests.support.catalogue import BOTH, DANISH
from tests.support.keys_kept import CODES, KEYS_OF_CODES, content_keys
from tests.support.recorded import PUT_TOGETHER, put_together, recorded

A_MOMENT = "2026-03-03T11:05:00+00:00"


class TestTheLog:
    @BOTH
    def test_has_a_sentence_for_every_action_on_record(self, say: Say) -> None:
        anything = say("log.anything")

        assert [each for each in sorted(recorded()) if happened(each, say) == anything] == []

    def test_knows_every_action_that_is_put_together(self) -> None:
        assert put_together() == set(PUT_TOGETHER)

    def test_never_prints_a_code(self) -> None:
        assert happened("case.open", DANISH) == "Sagen blev læst"
        assert happened("case.danced", DANISH) == DANISH("log.anything")
        assert purpose_of("crime_prevention", DANISH) == "for at forebygge kriminalitet"
        assert purpose_of("fun", DANISH) == DANISH("log.purpose.none")


class TestWhatIsKept:
    @BOTH
    def test_has_a_label_for_every_key(self, say: Say) -> None:
        unnamed = say("document.unnamed")
        keys = content_keys() | KEYS_OF_CODES

        assert {"gate_version", "gate_at", "state", "first_processed_on"} <= keys
        assert [each for each in sorted(keys) if label(each, say) == unnamed] == []
        assert label("danced", say) == unnamed

    @BOTH
    @pytest.mark.parametrize("key", sorted(CODES))
    def test_has_words_for_every_code(self, say: Say, key: str) -> None:
        assert [each for each in sorted(CODES[key]) if not said(key, str(each), say)] == []

    def test_has_its_dates_as_people_write_them(self) -> None:
        assert in_words("due_on", "2026-03-03", DANISH) == "tirsdag 3. marts 2026"
        assert in_words("text", "2026-02-31", DANISH) == "2026-02-31"
        assert in_words("gate_at", A_MOMENT, DANISH) == "tirsdag 3. marts 2026 kl. 12.05"

    def test_leaves_out_ids_of_ours_and_keeps_what_people_wrote(self) -> None:
        content = {
            "grant": "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
            "reason": "Han er set ved stationen.",
            "risks": {"family": "irrelevant"},
        }

        assert answers(content, DANISH) == [
            (DANISH("document.field.reason"), "Han er set ved stationen."),
            (
                DANISH("document.field.risks"),
                f"{DANISH('life_area.family')}: {DANISH('seen.irrelevant')}",
            ),
        ]
