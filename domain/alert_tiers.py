"""How much of an alert somebody gets who may see it: the one rule (BER-48, BER-52, BER-53).

The chat, the board, what is printed and the agenda of a meeting all ask here.
"""

from dataclasses import dataclass

from domain import plan_readers
from domain.action_plans import ActionPlan
from domain.alerts import Alert, Recipient
from domain.exports import OF_ALERTS, ExportKind
from domain.notices import Tier
from domain.people import Person
from domain.plan_templates import PlanTier
from domain.roles import Actor, Role, standing

_PARTIES = plan_readers.SECRETARIAT | plan_readers.TAKES_PART
_READS_LOG = plan_readers.SECRETARIAT | {Role.SGM, Role.LGM, Role.PLM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody gets of an alert; an external nothing but what anybody may have (BER-53).

    :param plan: how much of its plan.
    :param log: whether its log, and by name who was alerted and what they answered.
    :param reports: whether what the parties report.
    """

    plan: PlanTier = PlanTier.ORIENTATION
    log: bool = False
    reports: bool = False


def sight_of(
    alert: Alert,
    plan: ActionPlan | None,
    *,
    actor: Actor,
    held: frozenset[Role],
    own: Recipient | None,
) -> Sight:
    """Say what somebody gets.

    :param held: what they are to the alert; they may see it at all.
    :param own: their row among those who were alerted.
    """
    return Sight(
        plan=_tier_of(alert, plan, person=actor.person, held=held),
        log=sees_log(alert, actor=actor, own=own),
        reports=sees_reports(actor.person),
    )


def sees_log(alert: Alert, *, actor: Actor, own: Recipient | None) -> bool:
    """Whether the log is theirs to read: who leads, keeps it, or steers; never an external."""
    held = standing(actor)
    if Role.REP not in held:
        return False
    leads = own is not None and own.tier is Tier.ALERT_LEADERS
    keeps = actor.person.id in {alert.coordinator, alert.log_keeper}
    return keeps or leads or bool(held & _READS_LOG)


def sees_reports(person: Person) -> bool:
    """Whether what the parties report is theirs to read: of who may see the alert, no external."""
    return person.active and person.s115_covered


def _tier_of(
    alert: Alert, plan: ActionPlan | None, *, person: Person, held: frozenset[Role]
) -> PlanTier:
    """Say how much of its plan; all of it for the parties before there is one."""
    if plan is None:
        full = held & _PARTIES and person.s115_covered
        return PlanTier.FULL if full else PlanTier.ORIENTATION
    tier = plan_readers.tier_of(plan, alert=alert, person=person, held=held)
    return tier or PlanTier.ORIENTATION


_ANYBODYS = frozenset({ExportKind.ALERT_PLAN, ExportKind.ALERT_FIGURES, ExportKind.ALERT_CAP})
_OWNERS = frozenset({ExportKind.ALERT_CARDS, ExportKind.ALERT_MEASURES})  # named in the plan
_PEOPLE = frozenset(  # the log, and who was alerted
    {
        ExportKind.ALERT_CALL_LIST,
        ExportKind.ALERT_RECIPIENTS,
        ExportKind.ALERT_LOG_PDF,
        ExportKind.ALERT_LOG_HTML,
        ExportKind.ALERT_LOG_TEXT,
        ExportKind.ALERT_LOG_CSV,
    }
)
_ALL_OF_IT = frozenset({ExportKind.ALERT_JSON})
_OF_A_PLAN = frozenset({ExportKind.ALERT_PLAN, *_OWNERS})


def papers_of(sight: Sight, *, planned: bool) -> list[ExportKind]:
    """List what somebody may have of an alert on paper: as much as they see of it.

    :param planned: whether there is a plan.
    """
    full = sight.plan is PlanTier.FULL
    had = {
        *_ANYBODYS,
        *(_OWNERS if full else ()),
        *(_PEOPLE if sight.log else ()),
        *(_ALL_OF_IT if full and sight.log else ()),
    }
    return [each for each in OF_ALERTS if each in had and (planned or each not in _OF_A_PLAN)]
