"""What the last day to sign makes happen when nobody acts: reminders before it, the text open again after it."""

from dataclasses import replace
from datetime import date

from services.projects.conventions.domain.convention import Convention
from shared.contracts.messages import Event
from shared.contracts.projects.events import SignatureDue, VoidReason


def pass_day_of_signing(convention: Convention, today: date) -> list[Event]:
    """Remind, or open the text again. Asked twice on one day, it does nothing more."""
    seal = convention.seal_in_force
    if seal is None or convention.signatures.keys() >= convention.party_ids:
        return []
    if seal.lapsed(today):
        # Nobody did it; an event of a convention names an organisation, and whoever sealed had set the day.
        return convention.void(VoidReason.DEADLINE, seal.organization_id)
    if (due := seal.reminder_due(today)) is None:
        return []
    convention.seal_in_force = replace(seal, reminded=due)
    situation = convention.situation
    awaited = tuple(
        party.organization_id
        for party in convention.parties
        if party.organization_id not in convention.signatures
        and situation.may_sign_now(party.organization_id)
    )
    return [SignatureDue(convention_id=convention.id, sign_before=seal.sign_before, awaited=awaited)]
