"""The people of the sample: all invented, with addresses that nobody can own (example.org, RFC 2606).

They belong to real organisations of the shipped directory, because a directory of invented ones would show nothing of
how searching feels.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from shared.contracts.identifiers import OrganizationId, PersonId

# Good for a demonstration on loopback, and nothing else.
PASSWORD = "une entente de demonstration"  # noqa: S105 - printed by `make up`, on purpose

SideOfSample = Literal["establishment", "association", "third_party"]

# All fixed ids bear this instant, so that a repeated load finds what it made.
_MADE_AT = bytes.fromhex("01935b5e8c1a")


def fixed_id(name: str) -> UUID:
    """The UUIDv7 of something of the sample: the same each time (RFC 9562, the random part taken from its name)."""
    digest = bytearray(_MADE_AT + hashlib.sha256(name.encode()).digest()[:10])
    digest[6] = 0x70 | digest[6] & 0x0F
    digest[8] = 0x80 | digest[8] & 0x3F
    return UUID(bytes=bytes(digest))


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample. `side` is what she is to the partnerships that the others share."""

    key: str
    given_name: str
    family_name: str
    function: str
    organization: str
    organization_id: OrganizationId
    side: SideOfSample
    administrator: bool = True
    signatory: bool = True

    @property
    def person_id(self) -> PersonId:
        """Her id."""
        return PersonId(fixed_id(f"person {self.key}"))

    @property
    def email(self) -> str:
        """Her address, which is her login."""
        return f"{self.key}@example.org"

    @property
    def name(self) -> str:
        """As one writes it."""
        return f"{self.given_name} {self.family_name}"


def _organization(text: str) -> OrganizationId:
    return OrganizationId(UUID(text))


CANCER_CENTRE = _organization("0185657a-6c00-7ab4-b728-a96ba8fbed1c")
HOSPITAL = _organization("0185657a-6c00-70d1-8260-b1c431cd1e15")
HEPATITIS = _organization("0185657a-6c00-7be9-81c5-16112dc44848")
AIDES = _organization("0185657a-6c00-78f5-b695-0d64acc803c6")
VLM = _organization("0185657a-6c00-7e0b-8e58-73241420131a")
EYE_HOSPITAL = _organization("0185657a-6c00-736a-8614-67e6ca00b2db")

CLAIRE = SamplePerson(
    "claire.vasseur", "Claire", "Vasseur", "Directrice des relations avec les usagers",
    "Centre Antoine Lacassagne", CANCER_CENTRE, "establishment",
)  # fmt: skip
PAUL = SamplePerson(
    "paul.nguyen", "Paul", "Nguyen", "Cadre de santé",
    "CH Annecy-Genevois", HOSPITAL, "establishment",
)  # fmt: skip
ODILE = SamplePerson(
    "odile.marchand", "Odile", "Marchand", "Présidente",
    "Fédération SOS Hépatites", HEPATITIS, "association",
)  # fmt: skip
YANIS = SamplePerson(
    "yanis.belkacem", "Yanis", "Belkacem", "Coordinateur des bénévoles",
    "Fédération SOS Hépatites", HEPATITIS, "association", administrator=False, signatory=False,
)  # fmt: skip
INES = SamplePerson(
    "ines.caron", "Inès", "Caron", "Vice-présidente",
    "Aides", AIDES, "association",
)  # fmt: skip
MARC = SamplePerson(
    "marc.delattre", "Marc", "Delattre", "Secrétaire général",
    "VLM", VLM, "association",
)  # fmt: skip
HUGO = SamplePerson(
    "hugo.lambert", "Hugo", "Lambert", "Directeur des soins",
    "Hôpital Fondation A. de Rothschild", EYE_HOSPITAL, "third_party",
)  # fmt: skip

PEOPLE = (CLAIRE, PAUL, ODILE, YANIS, INES, MARC, HUGO)
