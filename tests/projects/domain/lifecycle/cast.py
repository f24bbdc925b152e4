"""Who acts in a whole lifecycle: four organisations that are or become parties, one of neither side, and their people."""

from dataclasses import replace

from hypothesis import strategies as st

from services.projects.conventions.domain.party import Party
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.values import Side
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    HOSPITAL,
    HUGO,
    KARIM,
    ODILE,
    PARTIES,
    YANN,
)
from tests.projects.domain.conventions.several import LEILA, SECOND, SECOND_ASSOCIATION

CLINIC = OrganizationId(new_id())
NORA = Speaker(PersonId(new_id()), CLINIC, referent=True, signatory=True, entrusted=True)
INVITED = replace(CLAIRE, person_id=PersonId(new_id()), entrusted=False)
"""A second référent of the hospital, whom the other side invited."""
TWICE = replace(HUGO, organization_id=ASSOCIATION, referent=True)
"""Hugo again, who has a say in the association too."""

ORGANIZATIONS = {
    **{it.organization_id: it for it in (*PARTIES, SECOND_ASSOCIATION)},
    CLINIC: Party(CLINIC, Side.ESTABLISHMENT, "Clinique des Pins", "Aix"),
    YANN.organization_id: Party(YANN.organization_id, Side.THIRD_PARTY, "Agence de santé", "Lyon"),
}
REFERENTS = {HOSPITAL: CLAIRE, ASSOCIATION: ODILE, SECOND: LEILA, CLINIC: NORA}
SIGNATORIES = {**REFERENTS, HOSPITAL: HUGO}

NEWCOMERS = st.sampled_from([SECOND, CLINIC])
ANYBODY = st.sampled_from([CLAIRE, ODILE, LEILA] * 3 + [NORA, NORA, INVITED, TWICE, HUGO, KARIM, YANN])
"""Often who may do it, where a référent is asked for."""
BINDING = st.sampled_from([HUGO, ODILE, LEILA] * 3 + [NORA, NORA, TWICE, TWICE, CLAIRE, KARIM, YANN])
"""The same, where a signatory is."""
SEVERAL = st.lists(BINDING, min_size=1, max_size=4)
SELDOM = st.sampled_from([False, False, False, True])
