"""The Secretariat reads and changes the templates of readiness, without code: BER-39."""

from dataclasses import replace

from domain.evaluations import LearningState
from localteams.drawn import inputs
from tests.integration.usecases.alarming import ORDER
from tests.support.acts_templates import a_plan_ahead
from tests.support.alert_town import in_readiness
from tests.support.chat import Chat
from tests.support.learnings import LEARNED
from tests.support.town import DANISH, HENRIETTE, LARS, Town
from usecases.activate_alert import activate_alert
from usecases.keep_templates import catalogue_now


class TestATemplate:
    async def test_is_read_changed_and_told_of_with_what_it_was_before(self, dorte: Chat) -> None:
        """BER-39: as lines that people type, and every edition stays to be seen."""
        told = await dorte.types("skabeloner")
        assert "H1" in told
        assert "Ø2" in told
        told = await dorte.presses("template.pick", which="H2")
        assert "M2 Synligt politi, der taler med de unge: T+2 timer, første døgn" in told
        await dorte.presses("template.measures")
        told = await dorte.presses("form.next", measures="M2: T+2 t, første døgn\nM12: snart")
        assert "»snart« kan vi ikke læse som en frist" in told
        told = await dorte.presses(
            "form.next",
            measures="M2: T+1 t, første døgn\nM12: T+3 timer",
            because="Politiet var hurtigere end fristen.",
        )
        assert DANISH("template_page.saved", label="1.1") in told
        assert "de unge: T+1 timer, første døgn\nM12 Orientering af eget bagland" in told

        await dorte.presses("template.more")
        told = await dorte.presses("template.editions")
        assert "Dorte Skovfoged · Tiltag · Politiet var hurtigere end fristen." in told

    async def test_says_at_once_all_that_is_wrong_and_keeps_what_was_pasted(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-39: what does not hang together is never in use, not for a moment."""
        await dorte.types("skabelon tekst H1")
        pasted = (
            "code: H1\nversion: 1\nkind: acute\ntitle: Uro\ntrigger: Når der er uro.\nlevel: 4\n"
            "measures:\n- {measure: M20}\n- {measure: M1, deadline: T+4 timer}\n"
        )

        told = await dorte.presses("form.next", text=pasted)
        assert "Efterforskning (M20) er aldrig et tiltag" in told
        assert "»level« skal være et helt tal fra 1 til 3, ikke »4«" in told
        await dorte.presses(
            "form.next", text=pasted.replace("4\n", "3\n", 1).replace("- {measure: M20}\n", "")
        )

        async with town.remembers() as tx:
            template = (await catalogue_now(tx)).templates["H1"]
        assert (template.title, template.level, template.label) == ("Uro", 3, "1.1")
        assert [each.kind for each in template.measures] == ["M1"]

    async def test_is_changed_by_two_at_once_and_neither_loses_a_word(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-39, BER-37: other fields are put together, the same field is asked about."""
        head = town.chat(HENRIETTE)
        await dorte.types("ret skabelon H1")
        await head.types("skabelon lister H1")
        await head.presses("form.next", goal="Ro i Valby")
        ours = {"title": "Opgør mellem grupper", "trigger": "Når de slås.", "level": "3"}
        told = await dorte.presses("form.next", **ours)
        assert DANISH("template_page.saved", label="1.2") in told
        assert "Ro i Valby" in told

        await dorte.types("ret skabelon H1")
        await head.types("ret skabelon H1")
        await head.presses("form.next", title="Slagsmål")
        told = await dorte.presses("form.next", title="Gruppekonflikt")
        assert DANISH("rule.template.moved_on") in told
        assert "Gruppekonflikt" in str(dorte.card_with("form.next"))
        await dorte.presses("form.next", title="Gruppekonflikt")

        assert "Gruppekonflikt" in await dorte.types("skabelon H1")

    async def test_is_made_of_another_and_is_chosen_when_it_is_in_use(
        self, dorte: Chat, bo: Chat
    ) -> None:
        await dorte.types("ny skabelon H2")
        told = await dorte.presses("form.next", title="Oversvømmelse")
        assert DANISH("template_page.made") in told
        assert DANISH("template_page.unused") in told

        await dorte.types("skabelon mere H10")
        told = await dorte.presses("template.use")
        assert DANISH("template_page.unused") not in told

        assert DANISH("rule.template.not_found") in await bo.types("skabelon H10")
        assert "Det kan kun SSP Sekretariatet" in await bo.types("skabeloner")

    async def test_that_is_changed_because_of_an_alert_says_from_which_it_was_learned(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-61: the learning is a choice in the form, and done when it is chosen."""
        await in_readiness(town)
        async with town.remembers() as tx:
            await activate_alert(tx, ORDER, by=LARS, now=town.hour.now)
            await tx.learnings.add(replace(LEARNED, due_on=town.hour.now.date()))

        await dorte.types("skabelon lister H1")
        await dorte.presses("form.next", goal="Ro i Valby", learning=str(LEARNED.id))

        told = await dorte.types("skabelon udgaver H1")
        assert "Mål · R2026-0001" in told
        async with town.remembers() as tx:
            [learned] = await tx.learnings.about("H1")
        assert (learned.state, learned.revision) == (LearningState.DONE, 1)


class TestAMeasureOfTheCatalogue:
    async def test_is_changed_looked_through_and_told_of_with_what_it_was_before(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-39: by the same editor; templates and plans then read it as it was changed."""
        await dorte.types("skabeloner")
        told = await dorte.presses("measure_kind.list")
        assert "Hjemmebesøg · KP · T+48 timer" in told
        assert DANISH("measure_kind_page.never") in told
        told = await dorte.presses("measure_kind.pick", which="M4")
        assert "H1 (T+48 timer), H7 (T+48 timer)" in told
        await dorte.presses("measure_kind.change")
        said = {"title": "Besøg i hjemmet", "party": "SOF", "daily": "no", "because": "Aftalt"}
        told = await dorte.presses("form.next", **said, deadline="snart")
        assert "»snart« kan vi ikke læse som en frist" in told
        told = await dorte.presses("form.next", **said, deadline="T+1 d")
        assert "Besøg i hjemmet" in told
        async with town.remembers() as tx:
            assert (await catalogue_now(tx)).measures["M4"].revision == 0
        told = await dorte.presses("form.send")
        assert DANISH("measure_kind_page.saved", label="1.1") in told
        assert "H1 (T+1 dage)" in told

        told = await dorte.presses("measure_kind.editions")
        assert "Dorte Skovfoged · Frist, Ansvar, Titel · Aftalt" in told
        assert "M4 Besøg i hjemmet: T+1 dage" in await dorte.types("skabelon H1")

    async def test_is_added_and_taken_out_and_is_never_an_investigation(
        self, dorte: Chat, bo: Chat
    ) -> None:
        """BER-39, BER-52: and only for the Secretariat."""
        await dorte.types("nyt tiltag i kataloget")
        said = {"party": "each", "deadline": "T+6 timer", "daily": "yes"}
        await dorte.presses("form.next", **said, title="Efterforskning af optøjer")
        told = await dorte.presses("form.send")
        assert "Efterforskning (M20) er aldrig et tiltag" in told
        await dorte.presses("form.back")
        await dorte.presses("form.next", **said, title="Lys i skolegården")
        told = await dorte.presses("form.send")
        assert DANISH("measure_kind_page.added") in told
        assert "M21" in told

        told = await dorte.presses("measure_kind.unuse")
        assert DANISH("measure_kind_page.unused") in told
        assert "H1" in await dorte.types("tiltag ud M4")
        assert DANISH("measure_kind_page.now_in_use", label="1.3") in await dorte.types(
            "tiltag i brug M21"
        )
        assert DANISH("rule.measure_kind.not_found") in await bo.types("ret tiltag M21")
        assert "Det kan kun SSP Sekretariatet" in await bo.types("tiltagskatalog")


class TestWhatATemplateBecomes:
    async def test_is_chosen_when_what_was_planned_for_goes_wrong(
        self, dorte: Chat, town: Town
    ) -> None:
        """BER-39, BER-40: one press from the plan to the alert; template and area are there."""
        await a_plan_ahead(town)
        await dorte.types("beredskabsplaner")
        await dorte.presses("actionplan.open")

        await dorte.presses("actionplan.becomes")
        form = inputs(dorte.form())

        assert (form["template"], form["areas"]) == ("H6", "YNB")
