"""Identifiers, one type per aggregate, so that a project's id cannot be passed for a convention's.

All are UUIDv7 (RFC 9562): sortable by creation time, which keeps B-tree inserts at the right edge of the index.
"""

from typing import NewType
from uuid import UUID

from uuid6 import uuid7

OrganizationId = NewType("OrganizationId", UUID)
PersonId = NewType("PersonId", UUID)
MandateId = NewType("MandateId", UUID)
DelegationId = NewType("DelegationId", UUID)

PartnershipId = NewType("PartnershipId", UUID)
ConventionId = NewType("ConventionId", UUID)
ClauseId = NewType("ClauseId", UUID)
AnnexId = NewType("AnnexId", UUID)
AdmissionId = NewType("AdmissionId", UUID)
DepartureId = NewType("DepartureId", UUID)
CommentId = NewType("CommentId", UUID)
SuspensionId = NewType("SuspensionId", UUID)
TerminationId = NewType("TerminationId", UUID)
PromisesId = NewType("PromisesId", UUID)
ObligationId = NewType("ObligationId", UUID)
MediationId = NewType("MediationId", UUID)
TemplateId = NewType("TemplateId", UUID)
ProjectId = NewType("ProjectId", UUID)
MilestoneId = NewType("MilestoneId", UUID)
IndicatorId = NewType("IndicatorId", UUID)
MeasureId = NewType("MeasureId", UUID)
RoomId = NewType("RoomId", UUID)
MessageId = NewType("MessageId", UUID)
TaskId = NewType("TaskId", UUID)
FileId = NewType("FileId", UUID)

NoticeId = NewType("NoticeId", UUID)

EventId = NewType("EventId", UUID)


def new_id() -> UUID:
    """A fresh UUIDv7; wrap it in the type it identifies: `ConventionId(new_id())`."""
    return UUID(bytes=uuid7().bytes)
