"""Why contacts refuses."""

from shared.contracts.refusals import Refusal, RefusalKind


class OrganizationNotFound(Refusal):
    """No such organisation in the directory."""

    code = "organization_not_found"
    kind = RefusalKind.NOT_FOUND


class PersonNotFound(Refusal):
    """No such person, or nobody that the actor may know of."""

    code = "person_not_found"
    kind = RefusalKind.NOT_FOUND


class MandateNotFound(Refusal):
    """No such mandate, or none that the actor may see."""

    code = "mandate_not_found"
    kind = RefusalKind.NOT_FOUND


class PartnershipNotKnown(Refusal):
    """No such convention among those of the actor's organisation, as far as contacts has heard."""

    code = "partnership_not_found"
    kind = RefusalKind.NOT_FOUND
    may_be_behind = True


class NotAParty(Refusal):
    """The organisation is no party of this convention, so it has no référent in it."""

    code = "not_a_party"
    kind = RefusalKind.INVALID
    # It may have been let in a moment ago.
    may_be_behind = True


class NotAMember(Refusal):
    """The person does not belong to the actor's organisation: each side names its own people."""

    code = "not_a_member"
    kind = RefusalKind.NOT_ALLOWED


class AlreadyReferent(Refusal):
    """This person is already asked to be, or already is, a référent of that side."""

    code = "already_referent"


class MayNotName(Refusal):
    """Référents are named by an administrator, a signatory or a référent of the side, or by who began the draft."""

    code = "may_not_name"
    kind = RefusalKind.NOT_ALLOWED


class SideHasReferent(Refusal):
    """The other side has a référent: it names its people itself."""

    code = "side_has_referent"


class ReferentAsked(Refusal):
    """Somebody is asked already to be the other side's référent, and has not answered: `mandate_id`. Name her as the one
    whom this invitation replaces. None where that side asked its own.
    """

    code = "referent_asked"


class MandateAlreadyAnswered(Refusal):
    """The mandate was accepted or declined before; `state` says which."""

    code = "mandate_already_answered"


class AddressOfOtherSide(Refusal):
    """The address belongs to a person of a side that the invited organisation is not: nobody is on both sides."""

    code = "address_of_other_side"


class AddressTaken(Refusal):
    """The address belongs to somebody known under another id."""

    code = "address_taken"


class NotAnAdministrator(Refusal):
    """Only an administrator of the organisation may do this."""

    code = "not_an_administrator"
    kind = RefusalKind.NOT_ALLOWED


class FunctionMissing(Refusal):
    """Who becomes the référent of an organisation she did not belong to says what she does there."""

    code = "function_missing"
    kind = RefusalKind.INVALID


class LastReferent(Refusal):
    """A side keeps its last référent until another one has accepted."""

    code = "last_referent"


class LastAdministrator(Refusal):
    """Others belong to the organisation, and nobody else administers it: name somebody first."""

    code = "last_administrator"


class MandateNotInForce(Refusal):
    """The mandate was not accepted, or has ended; `state` says which."""

    code = "mandate_not_in_force"


class DelegationDatesInvalid(Refusal):
    """A delegation ends on its first day or later, today or later, and lasts a year at most."""

    code = "delegation_dates_invalid"
    kind = RefusalKind.INVALID


class DelegationOverlaps(Refusal):
    """Somebody else acts for the référent on one of these days; `starts_on` and `ends_on` say when."""

    code = "delegation_overlaps"


class DeputyIsReferent(Refusal):
    """The person is a référent of that side already: she needs nobody's rights."""

    code = "deputy_is_referent"


class DelegationIdTaken(Refusal):
    """The id names, or named, another delegation: make a fresh one."""

    code = "delegation_id_taken"


class DelegationNotFound(Refusal):
    """No such delegation of this mandate that still runs."""

    code = "delegation_not_found"
    kind = RefusalKind.NOT_FOUND
