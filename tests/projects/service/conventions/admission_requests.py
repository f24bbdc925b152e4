"""Every request about who comes to a convention, to be tried by those who have no part in it."""

from collections.abc import Callable
from typing import Any

from shared.contracts.identifiers import AdmissionId, ClauseId, ConventionId, OrganizationId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects.commands import PartyToConvene
from shared.contracts.projects.parties import (
    AcceptAdmission,
    EndAdmission,
    ListAdmissions,
    ProposeAdmission,
    Role,
    TakeBackParty,
)
from shared.contracts.values import Side

ADMISSIONS: dict[str, Callable[[ConventionId, ClauseId], Request[Any]]] = {
    "ListAdmissions": lambda it, _: ListAdmissions(convention_id=it),
    "ProposeAdmission": lambda it, _: ProposeAdmission(
        convention_id=it,
        admission_id=AdmissionId(new_id()),
        role=Role.OBSERVER,
        organization=PartyToConvene(
            organization_id=OrganizationId(new_id()), side=Side.THIRD_PARTY, name="Agence"
        ),
    ),
    "AcceptAdmission": lambda it, _: AcceptAdmission(convention_id=it, admission_id=AdmissionId(new_id())),
    "TakeBackParty": lambda it, _: TakeBackParty(convention_id=it, organization_id=OrganizationId(new_id())),
    "EndAdmission": lambda it, _: EndAdmission(convention_id=it, admission_id=AdmissionId(new_id())),
}
