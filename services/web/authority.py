"""Before somebody binds her organisation: may she still, at this moment?

Projects hears a moment later that a mandate has ended; contacts, which owns it, is asked at the act itself. A service waits for
no other one inside a command, so it is asked here, where every binding act passes.
"""

from uuid import UUID

from services.web.visits import Visit
from shared.contracts.contacts.queries import GetMyAuthority
from shared.contracts.contacts.refusals import NotAMember
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.queries import GetConvention
from shared.contracts.projects.refusals import NotAMemberOfOrganization, NotAReferent, NotASignatory
from shared.contracts.refusals import Refusal, Trouble
from shared.contracts.web.refusals import AuthorityNotChecked


async def require_authority(visit: Visit, *, as_referent: bool = False) -> None:
    """Pass if the visitor may bind her organisation in the convention of this address: as a signatory, or as its référent.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
        NotAMemberOfOrganization, NotASignatory, NotAReferent: she may not, or not any more.
        AuthorityNotChecked: contacts does not answer.
    """
    convention_id = ConventionId(UUID(str(visit.path_params["convention_id"])))
    refusal: Refusal = NotAMemberOfOrganization()
    mandated = convention_id
    if as_referent:
        # Référents of an amendment are those of its convention.
        view = await visit.web.gateway.ask(GetConvention(convention_id=convention_id), visit.actor)
        mandated = view.amends.convention_id if view.amends else convention_id
    try:
        held = await visit.web.gateway.ask(GetMyAuthority(convention_id=mandated), visit.actor)
        if held.referent if as_referent else held.signatory:
            return
        refusal = NotAReferent() if as_referent else NotASignatory()
    except NotAMember:
        pass
    except Trouble as trouble:
        raise AuthorityNotChecked from trouble
    # To whoever may not even know of it, the convention does not exist.
    await visit.web.gateway.ask(GetConvention(convention_id=convention_id), visit.actor)
    raise refusal
