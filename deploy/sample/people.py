"""The people of the sample and the organisations they belong to: all invented, with addresses that nobody can own
(example.org, RFC 2606).

They stand in the directory beside the real ones: whoever reads that somebody signed something must not take it for a
fact about a hospital or an association that exists.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from shared.contracts.contacts.commands import Address, OrganizationEntry
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.values import Side

# Good for a demonstration on loopback, and nothing else.
PASSWORD = "une entente de demonstration"  # noqa: S105 - printed by `make up`, on purpose

# All fixed ids bear this instant, so that a repeated load finds what it made.
_MADE_AT = bytes.fromhex("01935b5e8c1a")


def fixed_id(name: str) -> UUID:
    """The UUIDv7 of something of the sample: the same each time (RFC 9562, the random part taken from its name)."""
    digest = bytearray(_MADE_AT + hashlib.sha256(name.encode()).digest()[:10])
    digest[6] = 0x70 | digest[6] & 0x0F
    digest[8] = 0x80 | digest[8] & 0x3F
    return UUID(bytes=bytes(digest))


@dataclass(frozen=True, slots=True)
class SampleOrganization:
    """An invented organisation. It has no official number: each that passes could be somebody's."""

    name: str
    kind: str
    side: Side
    street: str
    postal_code: str
    city: str
    purpose: str

    @property
    def organization_id(self) -> OrganizationId:
        """Its id."""
        return OrganizationId(fixed_id(f"organization {self.name}"))

    @property
    def seat(self) -> str:
        """Its address in one line."""
        return f"{self.street}, {self.postal_code} {self.city}"

    @property
    def entry(self) -> OrganizationEntry:
        """What the directory holds of it."""
        return OrganizationEntry(
            organization_id=self.organization_id,
            side=self.side,
            name=self.name,
            kind=self.kind,
            address=Address(street=self.street, postal_code=self.postal_code, city=self.city),
            purpose=self.purpose,
        )


BELLERIVE = SampleOrganization(
    "Centre hospitalier de Bellerive", "Centre hospitalier", Side.ESTABLISHMENT,
    "12 avenue des Tilleuls", "01990", "Bellerive",
    "Hôpital public de 400 lits : médecine, oncologie, pédiatrie, urgences.",
)  # fmt: skip
VAL_CLAIR = SampleOrganization(
    "Clinique du Val-Clair", "Établissement de soins pluridisciplinaire", Side.ESTABLISHMENT,
    "3 rue du Moulin", "38990", "Val-Clair",
    "Clinique de soins de suite et de réadaptation.",
)  # fmt: skip
MAIN_TENDUE = SampleOrganization(
    "Main tendue", "Association déclarée", Side.ASSOCIATION,
    "5 place du Marché", "01990", "Bellerive",
    "Écouter les personnes touchées par un cancer et leurs proches, à l’hôpital et en ville.",
)  # fmt: skip
PASSEURS = SampleOrganization(
    "Les Passeurs de mots", "Association déclarée", Side.ASSOCIATION,
    "8 rue des Écoles", "01990", "Bellerive",
    "Lire des histoires aux enfants et aux adultes hospitalisés.",
)  # fmt: skip
SOUFFLE = SampleOrganization(
    "Souffle partagé", "Association déclarée", Side.ASSOCIATION,
    "21 quai de l’Isère", "38990", "Val-Clair",
    "Aider les personnes qui vivent avec une maladie respiratoire et former des patients partenaires.",
)  # fmt: skip
FILIERE = SampleOrganization(
    "Filière de santé Horizons rares", "Filière de santé maladies rares", Side.THIRD_PARTY,
    "1 rue de la Recherche", "69990", "Lumières",
    "Coordonner les centres, les laboratoires et les associations autour de maladies rares.",
)  # fmt: skip
FONDATION = SampleOrganization(
    "Fondation Aube claire", "Fondation", Side.THIRD_PARTY,
    "4 rue des Lavoirs", "01990", "Bellerive",
    "Financer ce qui aide les patients à comprendre et à décider.",
)  # fmt: skip

ORGANIZATIONS = (BELLERIVE, VAL_CLAIR, MAIN_TENDUE, PASSEURS, SOUFFLE, FILIERE, FONDATION)


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample."""

    key: str
    given_name: str
    family_name: str
    function: str
    organization: SampleOrganization
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


CLAIRE = SamplePerson(
    "claire.vasseur", "Claire", "Vasseur", "Directrice des relations avec les usagers", BELLERIVE
)
PAUL = SamplePerson("paul.nguyen", "Paul", "Nguyen", "Cadre de santé", VAL_CLAIR)
ODILE = SamplePerson("odile.marchand", "Odile", "Marchand", "Présidente", MAIN_TENDUE)
YANIS = SamplePerson(
    "yanis.belkacem", "Yanis", "Belkacem", "Coordinateur des bénévoles", MAIN_TENDUE,
    administrator=False, signatory=False,
)  # fmt: skip
INES = SamplePerson("ines.caron", "Inès", "Caron", "Vice-présidente", PASSEURS)
MARC = SamplePerson("marc.delattre", "Marc", "Delattre", "Secrétaire général", SOUFFLE)
HUGO = SamplePerson("hugo.lambert", "Hugo", "Lambert", "Chef de projet", FILIERE)
LEA = SamplePerson("lea.rousset", "Léa", "Rousset", "Chargée de projets", FONDATION)

PEOPLE = (CLAIRE, PAUL, ODILE, YANIS, INES, MARC, HUGO, LEA)
