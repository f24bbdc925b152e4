"""Why projects refuses."""

from shared.contracts.refusals import Refusal, RefusalKind


class ConventionNotFound(Refusal):
    """No such convention, or none that the actor may see."""

    code = "convention_not_found"
    kind = RefusalKind.NOT_FOUND
    may_be_behind = True


class ClauseNotFound(Refusal):
    """No such clause in this convention."""

    code = "clause_not_found"
    kind = RefusalKind.NOT_FOUND


class RoomNotFound(Refusal):
    """The actor's side has no such room in this convention: an observer has no private one."""

    code = "room_not_found"
    kind = RefusalKind.NOT_FOUND


class TaskNotFound(Refusal):
    """No such task in this room."""

    code = "task_not_found"
    kind = RefusalKind.NOT_FOUND


class AnnexNotFound(Refusal):
    """No such annex in this convention, or it was taken out."""

    code = "annex_not_found"
    kind = RefusalKind.NOT_FOUND


class ProjectNotFound(Refusal):
    """No such project, or none that the actor may see."""

    code = "project_not_found"
    kind = RefusalKind.NOT_FOUND


class MilestoneNotFound(Refusal):
    """No such milestone in this project."""

    code = "milestone_not_found"
    kind = RefusalKind.NOT_FOUND


class IndicatorNotFound(Refusal):
    """No such indicator, or none that the actor may see."""

    code = "indicator_not_found"
    kind = RefusalKind.NOT_FOUND


class MeasureNotFound(Refusal):
    """No such value of this indicator."""

    code = "measure_not_found"
    kind = RefusalKind.NOT_FOUND


class TemplateNotFound(Refusal):
    """No such model."""

    code = "template_not_found"
    kind = RefusalKind.INVALID


class NotAMemberOfOrganization(Refusal):
    """The actor does not belong to the organisation as which she speaks."""

    code = "not_a_member_of_organization"
    kind = RefusalKind.NOT_ALLOWED
    may_be_behind = True


class NotAReferent(Refusal):
    """Only a référent of her side, with an accepted mandate, may do this."""

    code = "not_a_referent"
    kind = RefusalKind.NOT_ALLOWED
    may_be_behind = True


class NotASignatory(Refusal):
    """The person has no authority to sign for this organisation."""

    code = "not_a_signatory"
    kind = RefusalKind.NOT_ALLOWED
    may_be_behind = True


class RoomNotOpen(Refusal):
    """The shared room opens with the negotiation: until then the other side could not answer."""

    code = "room_not_open"


class RoomReadOnly(Refusal):
    """Observers read the shared room; they do not write in it."""

    code = "room_read_only"
    kind = RefusalKind.NOT_ALLOWED


class TaskOwnerNotOfSide(Refusal):
    """A side names its own people only; whom it names belongs to it."""

    code = "task_owner_not_of_side"
    kind = RefusalKind.INVALID


class TaskForNoParty(Refusal):
    """A task is given to a party that works in this room."""

    code = "task_for_no_party"
    kind = RefusalKind.INVALID


class TaskMoved(Refusal):
    """The task is no longer as the actor read it; `revision` is where it stands."""

    code = "task_moved"


class TaskAlreadyDone(Refusal):
    """What is done is reopened before it is changed."""

    code = "task_already_done"


class TooManyOpenTasks(Refusal):
    """A room holds at most `most` tasks that are not done."""

    code = "too_many_open_tasks"


class NotALead(Refusal):
    """Only a lead of the project or a référent of her side may do this."""

    code = "not_a_lead"
    kind = RefusalKind.NOT_ALLOWED
    may_be_behind = True


class PartiesNotBalanced(Refusal):
    """A convention needs at least one establishment and one association, each once, the actor's among them."""

    code = "parties_not_balanced"
    kind = RefusalKind.INVALID


class EndsBeforeStart(Refusal):
    """The last day comes before the first."""

    code = "ends_before_start"
    kind = RefusalKind.INVALID


class NegotiationNotOpen(Refusal):
    """The convention is not being negotiated; `state` says where it stands."""

    code = "negotiation_not_open"
    may_be_behind = True


class ClauseChanged(Refusal):
    """The clause has moved since it was read: `revision` is where it stands, its text comes with the next reading."""

    code = "clause_changed"


class TextTooLong(Refusal):
    """All articles together would be longer than a convention may be; `left_bytes` tells how much there is room for."""

    code = "text_too_long"
    kind = RefusalKind.INVALID


class ClauseUnchanged(Refusal):
    """The proposed text is the one that stands already."""

    code = "clause_unchanged"
    kind = RefusalKind.INVALID


class ClauseStays(Refusal):
    """Only the party that brought an article takes it out, while not every party has accepted it, in any wording; what the
    regime requires stays.
    """

    code = "clause_stays"


class TooManyClauses(Refusal):
    """The convention holds as many articles as it can: `most`."""

    code = "too_many_clauses"


class TermsChanged(Refusal):
    """The terms have moved since they were read: `revision` is where they stand, they come with the next reading."""

    code = "terms_changed"


class TermsUnchanged(Refusal):
    """The proposed terms are those that stand already."""

    code = "terms_unchanged"
    kind = RefusalKind.INVALID


class RenewalUnclear(Refusal):
    """A convention that goes on says for how long each time; one that ends does not."""

    code = "renewal_unclear"
    kind = RefusalKind.INVALID


class MeansOfNoParty(Refusal):
    """What is promised is promised by a party, or by all of them."""

    code = "means_of_no_party"
    kind = RefusalKind.INVALID


class AnnexChanged(Refusal):
    """The annex has moved since it was read; `revision` is where it stands now."""

    code = "annex_changed"


class AnnexUnchanged(Refusal):
    """The file given is the one that the annex has, or it is being taken out already."""

    code = "annex_unchanged"
    kind = RefusalKind.INVALID


class AnnexEmpty(Refusal):
    """The annex is announced only: there is no file to accept."""

    code = "annex_empty"


class TooManyAnnexes(Refusal):
    """A convention takes no more than `at_most` annexes."""

    code = "too_many_annexes"


class ConventionIncomplete(Refusal):
    """The text cannot be sealed yet; `problems` lists everything that is missing."""

    code = "convention_incomplete"


class SignBeforeInPast(Refusal):
    """The day by which to sign has passed."""

    code = "sign_before_in_past"
    kind = RefusalKind.INVALID


class NotSealed(Refusal):
    """There is no sealed text to sign; `state` says where the convention stands."""

    code = "not_sealed"


class SealedTextChanged(Refusal):
    """The hash is not that of the text that is sealed now: read again before signing."""

    code = "sealed_text_changed"


class SigningOrderIncomplete(Refusal):
    """An order of signatures names every party once, or is empty."""

    code = "signing_order_incomplete"
    kind = RefusalKind.INVALID


class NotYourTurn(Refusal):
    """The order of signatures is fixed, and another party signs first: `organization_id` says which."""

    code = "not_your_turn"


class ScanChanged(Refusal):
    """There is no such scan to attest: another one was given, or none yet."""

    code = "scan_changed"


class ScanAttested(Refusal):
    """A référent has attested the scan: it stays as it is."""

    code = "scan_attested"


class PaperDateImpossible(Refusal):
    """The date on the paper is before the text was sealed, or to come."""

    code = "paper_date_impossible"
    kind = RefusalKind.INVALID


class SigningDeadlinePassed(Refusal):
    """The last day to sign is over: the text is opened again and has to be sealed anew."""

    code = "signing_deadline_passed"


class AlreadySigned(Refusal):
    """This party has signed already."""

    code = "already_signed"


class SamePersonForTwoParties(Refusal):
    """One person cannot sign for both sides."""

    code = "same_person_for_two_parties"
    kind = RefusalKind.NOT_ALLOWED


class ConventionNotActive(Refusal):
    """Projects need an active convention; `state` says where it stands."""

    code = "convention_not_active"


class ConventionNotInForce(Refusal):
    """Only a convention that holds, suspended or not, can be suspended or ended; `state` says where it stands."""

    code = "convention_not_in_force"


class AmendmentOpen(Refusal):
    """Another amendment is being negotiated, or waits for its day: one at a time, so that each stands on a text in force."""

    code = "amendment_open"


class NotAnAmendment(Refusal):
    """The convention itself cannot be abandoned so: it is suspended or ended."""

    code = "not_an_amendment"


class AmendmentOver(Refusal):
    """The amendment is signed by all, in force or abandoned already; `state` says which."""

    code = "amendment_over"


class FirstDayStays(Refusal):
    """The first day of a convention in force has been: an amendment leaves it."""

    code = "first_day_stays"
    kind = RefusalKind.INVALID


class RenewalNotDue(Refusal):
    """The parties are asked later whether the convention goes on, or never: its terms say so."""

    code = "renewal_not_due"


class RenewalDecidedAlready(Refusal):
    """This party has said already whether the convention goes on."""

    code = "renewal_decided_already"


class RenewalTooLate(Refusal):
    """The convention goes on: the last day to object was `decide_by`."""

    code = "renewal_too_late"


class TermChanged(Refusal):
    """The answer was about another term: the convention's last day is `ends_on` now."""

    code = "term_changed"


class ConventionNotEnding(Refusal):
    """The last duties begin with a notice or with the end; `state` says where the convention stands."""

    code = "convention_not_ending"


class AlreadySuspended(Refusal):
    """This party has suspended the convention already."""

    code = "already_suspended"


class SuspensionNotFound(Refusal):
    """No such suspension stands, or it is the other party's: each lifts its own."""

    code = "suspension_not_found"
    kind = RefusalKind.NOT_FOUND


class AlreadyTerminating(Refusal):
    """A party has given notice already; the convention ends on `effective_on`."""

    code = "already_terminating"


class NoticeTooShort(Refusal):
    """The text gives the other party more time: the notice can take effect on `earliest` at the soonest."""

    code = "notice_too_short"
    kind = RefusalKind.INVALID


class EndsBefore(Refusal):
    """The convention ends by itself before that day: its last day is `ends_on`."""

    code = "ends_before"
    kind = RefusalKind.INVALID


class DateNotInFuture(Refusal):
    """What is announced begins tomorrow at the soonest."""

    code = "date_not_in_future"
    kind = RefusalKind.INVALID


class LeadMissing(Refusal):
    """A side has no lead yet; `organization_ids` lists which."""

    code = "lead_missing"


class LeadNotOfSide(Refusal):
    """The lead of a side belongs to its organisation."""

    code = "lead_not_of_side"
    kind = RefusalKind.INVALID
    may_be_behind = True


class ProjectAlreadyStarted(Refusal):
    """The project runs already."""

    code = "project_already_started"


class ProjectNotStarted(Refusal):
    """The project does not run yet."""

    code = "project_not_started"


class ProjectIsPaused(Refusal):
    """The project waits with its convention: it goes on once the convention holds again."""

    code = "project_is_paused"


class MilestoneAlreadyReached(Refusal):
    """The step is done already; `reached_on` says when."""

    code = "milestone_already_reached"


class MilestoneChanged(Refusal):
    """The date of the step was changed meanwhile; `due_on` is what it is now."""

    code = "milestone_changed"


class DateInFuture(Refusal):
    """What has happened cannot be dated in the future."""

    code = "date_in_future"
    kind = RefusalKind.INVALID


class DateOutsideConvention(Refusal):
    """The date lies outside the term of the convention, `starts_on` to `ends_on`."""

    code = "date_outside_convention"
    kind = RefusalKind.INVALID


class IndicatorNotAgreed(Refusal):
    """Both sides accept the definition before anything is measured."""

    code = "indicator_not_agreed"


class IndicatorAlreadyAccepted(Refusal):
    """This side has accepted the definition already."""

    code = "indicator_already_accepted"


class DenominatorMismatch(Refusal):
    """The value does not fit the definition: a ratio needs a denominator above zero, a count has none."""

    code = "denominator_mismatch"
    kind = RefusalKind.INVALID


class NumeratorAboveDenominator(Refusal):
    """A ratio counts a part of its denominator."""

    code = "numerator_above_denominator"
    kind = RefusalKind.INVALID


class MeasureAlreadyCorrected(Refusal):
    """This value was corrected already; correct the one that stands."""

    code = "measure_already_corrected"


class IdentifierTaken(Refusal):
    """The identifier that came with the order already names something else: make a fresh one."""

    code = "identifier_taken"
