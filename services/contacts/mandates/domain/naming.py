"""Who names the référents of a side, and who is entrusted with it by being named."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.contacts.mandates.domain.mandate import Mandate
from shared.contracts.contacts.refusals import MayNotName, ReferentAsked, SideHasReferent
from shared.contracts.identifiers import MandateId, OrganizationId, PersonId


@dataclass(frozen=True, slots=True)
class Namer:
    """Somebody who speaks as her organisation, and what she is in one convention."""

    person_id: PersonId
    administrator: bool
    signatory: bool
    referent: bool
    """By a mandate that she accepted, of her organisation's side."""
    entrusted: bool
    """That mandate was given by somebody who answers for the organisation."""
    drafts: bool
    """She began to write the convention, and a party has not had a référent yet."""

    def require_may_name(self) -> None:
        """Pass if she may propose référents.

        Raises:
            MayNotName: she is a member without a role here.
        """
        if not (self.administrator or self.signatory or self.referent or self.drafts):
            raise MayNotName

    def require_may_name_for_another(self, *, has_referent: bool) -> None:
        """Pass if she may propose a référent of another side: the first one, or one for a side that lost its last.

        Raises:
            MayNotName: she is a member without a role here.
            SideHasReferent: that side names its own.
        """
        self.require_may_name()
        if has_referent:
            raise SideHasReferent

    def require_nobody_asked(
        self,
        asked: Iterable[Mandate],
        instead_of: MandateId | None,
        *,
        of: OrganizationId,
        person: PersonId,
    ) -> list[Mandate]:
        """Those whose invitation is taken back, so that of another side one person is asked at a time.

        `asked`: who is asked there and has not answered. What a side asked of its own people is its own to take back. Whether
        `person`, who is invited, is asked already is not decided here.

        Raises:
            ReferentAsked: somebody is asked already, and it was not said that she is asked no more.
        """
        waiting = list(asked)
        own = any(it.proposed_by == of for it in waiting)
        if not own and any(it.id == instead_of for it in waiting):
            return waiting
        if others := [it for it in waiting if it.person_id != person]:
            raise ReferentAsked(mandate_id=None if own else str(others[0].id))
        return []

    def entrusts(self, person_id: PersonId) -> bool:
        """Whether being named by her, for her own side, lets this person answer for the organisation.

        Nobody entrusts herself. A référent hands on what she was given, not more.
        """
        return person_id != self.person_id and (self.administrator or self.signatory or self.entrusted)
