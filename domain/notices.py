"""Notices: what somebody must hear, and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from domain.people import CommitteeCode, PersonId


class NoticeKind(StrEnum):
    CONCERN_WAITING = "concern_waiting"  # to the facilitator, or the Secretariat in triage
    CONCERN_GRAVE = "concern_grave"  # to the police's and social services' seats (CON-8)
    CONCERN_REMINDER = "concern_reminder"  # not yet taken up
    CONCERN_OVERDUE = "concern_overdue"  # past the latest first coordination
    CONCERN_PING = "concern_ping"  # the group's channel: reference and area only (CON-7)
    CONCERN_STATUS = "concern_status"  # to the reporter: taken up, redirected …
    CONCERN_ADDED = "concern_added"  # the reporter added information (CON-10)
    CONCERN_NO_RECEIVER = "concern_no_receiver"  # to the Secretariat: nobody in the group can
    CONCERN_MATCH = "concern_match"  # to the Secretariat: another group may know the person
    CASE_MATCH = "case_match"  # to the facilitators of that group
    WITHDRAWAL_ASKED = "withdrawal_asked"  # the reporter wants it back (CON-9)
    FACT_CORRECTED = "fact_corrected"  # to those who had read what was wrong (AC-DATA-06)
    RECUSAL_TO_DECIDE = "recusal_to_decide"  # to the Secretariat (INH-2)
    DRAFT_REMINDER = "draft_reminder"  # on day ten, without content
    TRIAL = "trial"  # to everybody a trial is meant for: can you be reached?
    ALERT = "alert"  # to whom it is for; again, in a later round, to who is silent (BER-25)
    ALERT_CALL_LIST = "alert_call_list"  # to the Secretariat: telephone those of an authority
    ALERT_CORRECTED = "alert_corrected"  # to exactly those who were alerted (BER-18)
    ALERT_STEERING = "alert_steering"  # to the steering group at once: for them to know (BER-46)
    ALERT_FALSE = "alert_false"  # a false alarm: to exactly the same
    ALERT_PERIOD_ENDS = "alert_period_ends"  # to its coordinator and the Secretariat (BER-56)
    ALERT_EXPIRED = "alert_expired"  # to the same, each day until somebody decides
    ALERT_NO_PERIOD = "alert_no_period"  # to the same, each week until it has an end
    ALERT_EXTENSION_ASKED = "alert_extension_asked"  # to the steering group (BER-57)
    ALERT_EXTENSION_ANSWERED = "alert_extension_answered"  # to who asked
    ALERT_CLOSED = "alert_closed"  # the all-clear, to all who were alerted (BER-59)
    ALERT_REOPENED = "alert_reopened"  # to the same (BER-60)
    ALERT_TO_FILE = "alert_to_file"  # to the Secretariat: its log is not in the journal yet
    EVALUATION_DUE = "evaluation_due"  # to who is to call for it, and later to write it (BER-61)
    LEARNING_GIVEN = "learning_given"  # to its owner
    LEARNING_DUE = "learning_due"  # to the same, when it is due and each week after
    DRILL_SUSPENDED = "drill_suspended"  # to its participants: something is real (BER-64)
    PLANS_GROWN = "plans_grown"  # to the Secretariat: drafts the calendar has grown (BER-40)
    PLAN_PERIOD_ENDS = "plan_period_ends"  # to the same, of one that has no alert (BER-56)
    PLAN_EXPIRED = "plan_expired"  # to the same, each day until somebody decides
    PLAN_EXTENSION_ASKED = "plan_extension_asked"  # to the steering group (BER-57)
    PLAN_EXTENSION_ANSWERED = "plan_extension_answered"  # to who asked
    DRILL_DUE = "drill_due"  # to the Secretariat: it is time to practise (BER-65)
    MEASURES_GIVEN = "measures_given"  # to an owner: what is theirs in a plan that runs (BER-34)
    MEASURES_DUE = "measures_due"  # half-way, due, overdue: one message to a person (BER-34)
    MEASURE_UNABLE = "measure_unable"  # to who leads the party: the owner cannot (BER-34)
    READINESS_MEETING = "readiness_meeting"  # to who is asked; again when it is moved (BER-41)
    READINESS_MEETING_OFF = "readiness_meeting_off"
    READINESS_MEETING_LINK = "readiness_meeting_link"  # it has one now; or its caller pastes one
    SITUATION_DUE = "situation_due"  # to who reports for a party (BER-43)
    SITUATION_REMINDER = "situation_reminder"  # to the same: nothing has come
    SITUATION_OVERDUE = "situation_overdue"  # to the Secretariat: who has not reported
    ALERT_ROLE_OFFERED = "alert_role_offered"  # to who is asked to take it over (BER-45)
    ALERT_ROLE_ANSWERED = "alert_role_answered"  # to who asked them
    PLAN_SHARED = "plan_shared"  # a version of an action plan, to one who got it (BER-48)
    PLAN_TO_APPROVE = "plan_to_approve"  # to the steering group (BER-46)
    PLAN_APPROVE_SOON = "plan_approve_soon"  # to the same: the deadline is near
    PLAN_APPROVE_LATE = "plan_approve_late"  # to who asked: nobody has answered in time
    PLAN_DECIDED = "plan_decided"  # to who asked, and who leads: what the steering group says
    BRIEFING_ASKED = "briefing_asked"  # to an SSP leader: have you told your own staff? (BER-49)
    UNREACHED_TOLD = "unreached_told"  # to the authority's SSP leaders: who was not (BER-16)
    REACHABILITY = "reachability"  # the week's report (BER-19)
    COUNTERSIGN_ASKED = "countersign_asked"  # to whom may agree to what a colleague wants done
    COUNTERSIGN_ANSWERED = "countersign_answered"  # to the colleague
    ACTION_AGREED = "action_agreed"  # to its owner (CASE-5)
    ACTION_SOON = "action_soon"  # to its owner, some days before it is due
    ACTION_DUE = "action_due"  # to its owner, on the day
    ACTION_OVERDUE = "action_overdue"  # to the facilitators
    CASE_NO_LEAD = "case_no_lead"  # to the facilitators (CASE-6)
    CASE_LEAD = "case_lead"  # to the new lead
    LEFT_BEHIND = "left_behind"  # to the facilitators: an action's owner is gone (ROLE-03)
    GLASS_BROKEN = "glass_broken"  # to the second person, at once (ROLE-02)
    GLASS_TO_REVIEW = "glass_to_review"  # to the same: the review is due
    CASE_IDLE = "case_idle"  # to the facilitators (CASE-11)
    MEETING_OWN = "meeting_own"  # what one has promised at a case meeting, as a number
    MEETING_DECIDED = "meeting_decided"  # to its facilitator: what was decided
    RECUSAL_DECIDED = "recusal_decided"  # to whom it was about
    NO_FACILITATOR = "no_facilitator"  # to the Secretariat: everybody who had it stepped aside
    GRANT_GIVEN = "grant_given"  # to whom was brought in (CASE-7, CASE-8)
    GRANT_ENDED = "grant_ended"
    INFORMING_DUE = "informing_due"  # the family is to be told (INF-5)
    FILING_DUE = "filing_due"  # what happened is to be filed (NOT-5)
    EXPORT_READY = "export_ready"  # to who asked for a document
    PLUS_HEADS_UP = "plus_heads_up"  # to the facilitators: a plan may be needed at 17½ (AGE-7)
    PLUS_ASSESS = "plus_assess"  # to the facilitators: is this one for SSP+? (AGE-6)
    PLUS_ESCALATED = "plus_escalated"  # to the leaders too: 18, and nobody has decided
    PLUS_ALONE = "plus_alone"  # to both facilitators: SSP+ has the case alone now (AGE-8)
    PLUS_OUT_OF_AGE = "plus_out_of_age"  # to the facilitators: 26, the case can be closed
    HANDOVER_ASKED = "handover_asked"  # to the facilitator of SSP+ (PLUS-2)
    HANDOVER_ANSWERED = "handover_answered"  # to those of the group that proposed it
    OUTCOME_DUE = "outcome_due"  # to the facilitator of SSP+: what became of them? (PLUS-7)
    GROUP_SHARED = "group_shared"  # a concern group reaches into one's area, or one is asked in
    GROUP_REVIEW = "group_review"  # to its facilitators: look at it again (GRP-5)
    GROUP_LABELS = "group_labels"  # to its facilitators: labels are about to expire (GRP-6)
    MEMBER_RECUSAL = "member_recusal"  # to the Secretariat (INH-2)
    LEAD_AWAY = "lead_away"  # to the facilitators: who leads a case is away for a time
    ITEM_PROPOSED = "item_proposed"  # to who keeps a committee's agenda
    ITEM_COMMENTED = "item_commented"  # to the same, until the final agenda (SGF-2)
    ITEM_ANSWERED = "item_answered"  # to who proposed it: returned, moved, on the agenda
    AGENDA_SENT = "agenda_sent"  # to those of the meeting, for each version (SGF-1, SGF-3)
    MINUTES_TO_WRITE = "minutes_to_write"  # to who keeps them: they are late (SGF-4)
    MINUTES_OUT = "minutes_out"  # to the members: say what is wrong with them
    MINUTES_COMMENTED = "minutes_commented"  # to who keeps them
    MINUTES_TO_APPROVE = "minutes_to_approve"  # to whose word makes them final
    MINUTES_SENT = "minutes_sent"  # to the other relevant actors, approved (SGF-4)
    PLAN_PAPER_READY = "plan_paper_ready"  # an action plan, to who asked for the document
    ALERT_PAPER_READY = "alert_paper_ready"  # of an alert, to who asked for the document
    PAPER_READY = "paper_ready"  # an agenda or minutes, to who asked for the document
    TASK_GIVEN = "task_given"  # by a decision, to its owner
    TASK_PASSED_ON = "task_passed_on"  # to its new owner: who had it is gone (ROLE-03)
    TASK_SOON = "task_soon"  # to its owner, some days before it is due
    TASK_DUE = "task_due"  # on the day
    TASK_OVERDUE = "task_overdue"  # each week after
    EFFORT_APPLIED = "effort_applied"  # to the Secretariat: assess it (EFF-4)
    EFFORT_ASSESSED = "effort_assessed"  # to whom it falls to approve it
    EFFORT_DECIDED = "effort_decided"  # to who applied, its lead and its contact
    EFFORT_DUE = "effort_due"  # to its lead and contact: evaluate or settle it (EFF-1, EFF-6)
    DIGEST = "digest"  # in the morning: how much waits, as a number
    RELEASE_LISTED = "release_listed"  # to Secretariat and stewards: soon to be deleted
    ACCESS_DUE = "access_due"  # to the Secretariat: somebody waits to see what is kept (ACC-2)
    MEET_INVITED = "meet_invited"  # to a committee's meeting beyond the plan
    MEET_MOVED = "meet_moved"  # to everybody who counts on it
    MEET_CANCELLED = "meet_cancelled"
    MEET_CALL = "meet_call"  # what should be on the agenda? (SGF-2)
    MEET_REMINDER = "meet_reminder"  # to who has not answered yet
    MEET_STAND_IN = "meet_stand_in"  # to a substitute: can you come instead?
    MEET_NOT_NEEDED = "meet_not_needed"  # to a substitute: you need not after all
    MEET_NOBODY = "meet_nobody"  # to who cannot come: no substitute of theirs is left (MTG-25)
    MEET_MISSING = "meet_missing"  # to who runs it: an authority will be missing (MTG-25)
    MEET_LATE = "meet_late"  # to who runs it: something was done late, or not at all (MTG-21)
    OUTLOOK_AMISS = (
        "outlook_amiss"  # to the Secretariat: an event without a link, or none (MTG-15)
    )
    OUTLOOK_PUT_BACK = "outlook_put_back"  # to the same, in the morning: what was changed by hand
    YEAR_PLAN_READY = "year_plan_ready"  # to who asked for it: a proposal, or why there is none
    YEAR_PLAN_PUBLISHED = "year_plan_published"  # to whom it changes something for: how much
    YEAR_PAPERS_LAID = "year_papers_laid"  # to who asked for the plan on paper
    GAPS = "gaps"  # to those who appoint, monthly: how many seats are empty (REP-2)
    REGISTER_LAID = "register_laid"  # to who asked for the register as files
    DIRECTORY_CHANGED = "directory_changed"  # to the data stewards: Entra says otherwise (APP-2)
    OWN_CALENDAR_LAID = "own_calendar_laid"  # to who asked for their meetings as a file
    WEEK_AHEAD = "week_ahead"  # on Monday: one's meetings of the week, as dates
    DELIVERY_TROUBLE = "delivery_trouble"  # something is late or broken, to who must look (BER-78)


PAUSABLE = frozenset(  # teams.md §7.19
    {
        NoticeKind.CONCERN_REMINDER,
        NoticeKind.DRAFT_REMINDER,
        NoticeKind.ACTION_SOON,
        NoticeKind.TASK_SOON,
        NoticeKind.DIGEST,
        NoticeKind.GAPS,
        NoticeKind.WEEK_AHEAD,
    }
)


class Tier(IntEnum):
    """Who goes first when many notices are due at once (readiness.md §3.2)."""

    ALERT_LEADERS = 0
    ALERT_GROUPS = 1
    ALERT = 2
    URGENT = 3
    ORDINARY = 4

    @property
    def is_alert(self) -> bool:
        return self <= Tier.ALERT


class Medium(StrEnum):
    """By what a notice travels; e-mail is for who cannot be reached in Teams (BER-16)."""

    TEAMS = "teams"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell one person, or one committee's channel, at `due_at`.

    It carries ids only: what it says is drawn when it is sent, as things stand then.
    The dedupe key makes telling the same thing twice impossible.
    """

    kind: NoticeKind
    about: UUID
    due_at: datetime
    person: PersonId | None = None
    channel: CommitteeCode | None = None
    tier: Tier = Tier.ORDINARY
    round: int = 1
    medium: Medium = Medium.TEAMS

    @property
    def lane(self) -> str:
        """The conversation it goes to, which Teams gives limits of its own."""
        return str(self.person) if self.channel is None else f"#{self.channel}"

    @property
    def dedupe_key(self) -> str:
        by = "" if self.medium is Medium.TEAMS else f":{self.medium}"
        return f"{self.kind}:{self.about}:{self.person or self.channel}:{self.round}{by}"
