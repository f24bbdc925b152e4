"""Who names the référents of a side, and who is entrusted with it by being named."""

from dataclasses import dataclass

from shared.contracts.contacts.refusals import MayNotName, SideHasReferent
from shared.contracts.identifiers import PersonId


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

    def entrusts(self, person_id: PersonId) -> bool:
        """Whether being named by her, for her own side, lets this person answer for the organisation.

        Nobody entrusts herself. A référent hands on what she was given, not more.
        """
        return person_id != self.person_id and (self.administrator or self.signatory or self.entrusted)
