"""The words of each kind of notice, in French, side by side: subject, one sentence or two, the act and where it leads.

The act comes first in a subject. No sentence has more than twenty words. No text of a clause, no comment: an e-mail is
not confidential. Written with plain spaces and apostrophes; `typeset` puts in the French ones.
"""

import re

from services.notifications.delivery.phrase import Wording
from services.notifications.delivery.wording_of_amendments import AMENDMENT_WORDINGS
from services.notifications.delivery.wording_of_life import LIFE_WORDINGS
from services.notifications.delivery.wording_of_mediation import MEDIATION
from services.notifications.delivery.wording_of_parties import PARTIES_WORDINGS
from services.notifications.delivery.wording_of_projects import PROJECT_WORDINGS
from services.notifications.delivery.wording_of_promises import PROMISES
from services.notifications.delivery.wording_of_templates import TEMPLATE_WORDINGS
from services.notifications.delivery.wording_rooms import ROOMS
from shared.contracts.notifications.queries import NoticeKind, NoticeReason

NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"

CONVENTION = "/conventions/{{ convention_id }}"
REFERENTS = CONVENTION + "/referents"
CLAUSE = CONVENTION + "{% if clause_id %}/articles/{{ clause_id }}{% endif %}"
# Several articles: where the convention's page shows them all.
CLAUSES = "{% if count > 1 %}" + CONVENTION + "#t-articles{% else %}" + CLAUSE + "{% endif %}"
TERMS = "/conventions/{{ convention_id }}/conditions"
ANNEXES = "/conventions/{{ convention_id }}/annexes"
SIGN = "/conventions/{{ convention_id }}/signer"

ARTICLE = "{% if clause_number %}l'article {{ clause_number }}{% else %}un article{% endif %}"

WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.MANDATE_PROPOSED: Wording(
        subject="À accepter : être référent·e de « {{ convention }} »",
        sentence="{{ who }} vous propose d'être référent·e pour {{ own }}.",
        act="Répondre à l'invitation",
        path="{{ invitation_url }}",
    ),
    NoticeKind.MANDATE_ACCEPTED: Wording(
        subject="Mandat accepté : « {{ convention }} »",
        sentence="{{ who }} accepte d'être référent·e.",
        act="Voir la convention",
        path=CONVENTION,
    ),
    NoticeKind.MANDATE_DECLINED: Wording(
        subject="Mandat décliné : « {{ convention }} »",
        sentence="{{ who }} ne sera pas référent·e. Une autre personne peut être proposée.",
        act="Voir la convention",
        path=CONVENTION,
    ),
    NoticeKind.MANDATE_ENDED: Wording(
        subject="Mandat terminé : « {{ convention }} »",
        sentence="Un mandat de référent·e est terminé. Voyez qui répond maintenant pour chaque partie.",
        act="Voir les référents",
        path=REFERENTS,
    ),
    NoticeKind.DELEGATION_RECEIVED: Wording(
        subject="Vous suppléez : « {{ convention }} »",
        sentence="Vous répondez pour {{ own }} pendant une absence. Les dates sont dans Entente.",
        act="Voir les dates",
        path=REFERENTS,
    ),
    NoticeKind.INVITATION_WITHDRAWN: Wording(
        subject="Invitation retirée : « {{ convention }} »",
        sentence="On n'attend plus de réponse de vous pour {{ own }}. Vous n'avez rien à faire.",
        act="Voir vos conventions",
        path="/conventions",
    ),
    NoticeKind.DELEGATION_GRANTED: Wording(
        subject="Absence annoncée : « {{ convention }} »",
        sentence="{{ who }} annonce une absence. Une autre personne répond pendant ce temps.",
        act="Voir qui répond",
        path=REFERENTS,
    ),
    NoticeKind.DELEGATION_ENDED: Wording(
        subject="Suppléance terminée : « {{ convention }} »",
        sentence="Une suppléance est terminée. Voyez qui répond maintenant pour chaque partie.",
        act="Voir les référents",
        path=REFERENTS,
    ),
    NoticeKind.HANDOVER_COMPLETED: Wording(
        subject="Relais pris : « {{ convention }} »",
        sentence="{{ who }} a pris votre relais. Votre mandat de référent·e est terminé.",
        act="Voir les référents",
        path=REFERENTS,
    ),
    NoticeKind.REFERENT_MISSING: Wording(
        subject="À désigner : un·e référent·e pour « {{ convention }} »",
        sentence="{{ own }} n'a plus de référent·e. D'ici là, ses signataires répondent pour elle.",
        act="Désigner un·e référent·e",
        path=REFERENTS,
    ),
    NoticeKind.SIDE_LEFT_VACANT: Wording(
        subject="Sans référent·e : « {{ convention }} »",
        sentence="Une autre partie n'a plus de référent·e. Ses signataires répondent pour elle en attendant.",
        act="Voir les référents",
        path=REFERENTS,
    ),
    NoticeKind.NEGOTIATION_OPENED: Wording(
        subject="Négociation ouverte : « {{ convention }} »",
        sentence="Chaque partie a son référent ou sa référente. Vous pouvez négocier les articles.",
        act="Lire les articles",
        path=CONVENTION,
    ),
    NoticeKind.CLAUSE_PROPOSED: Wording(
        subject="À relire : " + ARTICLE + " de « {{ convention }} »",
        sentence="{{ who }} propose de changer " + ARTICLE + ". Cela attend votre réponse.",
        act="Relire et répondre",
        path=CLAUSES,
        folded_subject="À relire : {{ count }} propositions pour « {{ convention }} »",
        folded_sentence="{{ who }} propose {{ count }} changements du texte. Ils attendent votre réponse.",
    ),
    NoticeKind.CLAUSE_ACCEPTED: Wording(
        subject="Article accepté : « {{ convention }} »",
        sentence="{{ who }} accepte " + ARTICLE + ".",
        act="Voir l'article",
        path=CLAUSES,
        folded_subject="{{ count }} articles acceptés : « {{ convention }} »",
        folded_sentence="{{ who }} accepte {{ count }} articles.",
        folded_act="Voir les articles",
    ),
    NoticeKind.CLAUSE_WITHDRAWN: Wording(
        subject="Article retiré : « {{ convention }} »",
        sentence="{{ who }} retire " + ARTICLE + ". Il ne fait plus partie du texte négocié.",
        act="Voir la convention",
        path=CONVENTION,
    ),
    NoticeKind.TERMS_PROPOSED: Wording(
        subject="À relire : les conditions de « {{ convention }} »",
        sentence="{{ who }} propose d'autres conditions : durée, préavis, moyens. Elles attendent votre réponse.",
        act="Relire et répondre",
        path=TERMS,
    ),
    NoticeKind.TERMS_ACCEPTED: Wording(
        subject="Conditions acceptées : « {{ convention }} »",
        sentence="{{ who }} accepte les conditions.",
        act="Voir les conditions",
        path=TERMS,
    ),
    NoticeKind.ANNEX_PROPOSED: Wording(
        subject="À relire : les annexes de « {{ convention }} »",
        sentence="{{ who }} propose un changement des annexes. Il attend votre réponse.",
        act="Voir les annexes",
        path=ANNEXES,
        folded_subject="À relire : {{ count }} changements des annexes de « {{ convention }} »",
        folded_sentence="{{ who }} propose {{ count }} changements des annexes. Ils attendent votre réponse.",
    ),
    NoticeKind.ANNEX_ACCEPTED: Wording(
        subject="Annexe acceptée : « {{ convention }} »",
        sentence="{{ who }} accepte une annexe.",
        act="Voir les annexes",
        path=ANNEXES,
        folded_subject="{{ count }} annexes acceptées : « {{ convention }} »",
        folded_sentence="{{ who }} accepte {{ count }} annexes.",
    ),
    NoticeKind.COMMENT_ADDED: Wording(
        subject="À lire : un commentaire sur « {{ convention }} »",
        sentence="{{ who }} a écrit un commentaire"
        "{% if clause_number %} sur l'article {{ clause_number }}{% endif %}. Son texte reste dans Entente.",
        act="Lire le commentaire",
        path=CLAUSE,
        folded_subject="À lire : {{ count }} commentaires sur « {{ convention }} »",
        folded_sentence="{{ who }} a écrit {{ count }} commentaires. Leur texte reste dans Entente.",
        folded_act="Lire les commentaires",
    ),
    NoticeKind.TEXT_SEALED: Wording(
        subject="Texte scellé : « {{ convention }} »",
        sentence="{{ who }} a scellé le texte. Les signataires peuvent signer.",
        act="Voir le texte scellé",
        path=CONVENTION,
    ),
    NoticeKind.SIGNATURE_AWAITED: Wording(
        subject="À signer : « {{ convention }} »",
        sentence="Le texte est prêt. Il attend votre signature pour {{ own }}.",
        act="Relire et signer",
        path=SIGN,
    ),
    NoticeKind.CONVENTION_SIGNED: Wording(
        subject="Signature donnée : « {{ convention }} »",
        sentence="{{ who }} a signé la convention.",
        act="Voir les signatures",
        path=CONVENTION,
    ),
    NoticeKind.SIGNATURE_ATTESTED: Wording(
        subject="Signature sur papier attestée : « {{ convention }} »",
        sentence="{{ who }} atteste que sa partie a signé la convention sur papier.",
        act="Voir les signatures",
        path=CONVENTION,
    ),
    NoticeKind.PAPER_SCAN_GIVEN: Wording(
        subject="Scan à attester : « {{ convention }} »",
        sentence="{{ who }} a déposé les pages signées. Vérifiez leur empreinte, puis attestez pour {{ own }}.",
        act="Vérifier et attester",
        path="/conventions/{{ convention_id }}/papier",
    ),
    NoticeKind.SIGNATURE_DUE: Wording(
        subject="À signer bientôt : « {{ convention }} »",
        sentence="Votre signature pour {{ own }} manque encore. Le délai passé, le texte sera rouvert.",
        act="Relire et signer",
        path=SIGN,
    ),
    NoticeKind.SIGNING_LAPSED: Wording(
        subject="Délai de signature passé : « {{ convention }} »",
        sentence="Toutes les parties n'ont pas signé à temps. Le texte peut être scellé à nouveau.",
        act="Voir la convention",
        path=CONVENTION,
    ),
    NoticeKind.SIGNATURES_VOIDED: Wording(
        subject="Signatures annulées : « {{ convention }} »",
        sentence="Le texte est de nouveau ouvert. Les signatures déjà données ne comptent plus.",
        act="Voir ce qui change",
        path=CONVENTION,
    ),
    NoticeKind.SIGNATURE_REFUSED: Wording(
        subject="Signature refusée : « {{ convention }} »",
        sentence="{{ who }} ne signe pas le texte en l'état. La négociation reprend.",
        act="Lire le motif",
        path=CONVENTION,
    ),
    NoticeKind.CONVENTION_ACTIVE: Wording(
        subject="Convention active : « {{ convention }} »",
        sentence="Toutes les parties ont signé. Vous pouvez proposer un projet.",
        act="Voir la convention",
        path=CONVENTION,
    ),
    **LIFE_WORDINGS,
    **PARTIES_WORDINGS,
    **PROMISES,
    **AMENDMENT_WORDINGS,
    **MEDIATION,
    **ROOMS,
    **PROJECT_WORDINGS,
    **TEMPLATE_WORDINGS,
}

REASONS: dict[NoticeReason, str] = {
    NoticeReason.ASKED: "cela vous est demandé personnellement, pour {{ own }}.",
    NoticeReason.REFERENT: "vous êtes référent·e pour {{ own }}.",
    NoticeReason.DEPUTY: "vous suppléez un·e référent·e de {{ own }}.",
    NoticeReason.HANDED_OVER: "vous étiez référent·e pour {{ own }}.",
    NoticeReason.STANDING_IN: "vous pouvez signer pour {{ own }}, qui n'a plus de référent·e.",
    NoticeReason.ADMINISTRATOR: "vous administrez {{ own }}.",
    NoticeReason.SIGNATORY: "vous pouvez signer pour {{ own }}.",
    NoticeReason.LEAD: "vous pilotez ce projet pour {{ own }}.",
    NoticeReason.SIGNED: "vous aviez signé pour {{ own }}.",
    NoticeReason.NEGOTIATES: "vous êtes référent·e de conventions de {{ own }}.",
}

SOMEBODY, OWN_ORGANIZATION = "Une autre partie", "votre organisation"


def typeset(text: str) -> str:
    """French typography: curved apostrophes, and spaces that keep a sign with its word."""
    text = text.replace("'", "’").replace("« ", f"«{NO_BREAK_SPACE}").replace(" »", f"{NO_BREAK_SPACE}»")
    text = text.replace(" : ", f"{NO_BREAK_SPACE}: ")
    return re.sub(r" ([;?!])", rf"{NARROW_NO_BREAK_SPACE}\1", text)
