"""The words of each letter about somebody's own account, in French, typeset as those of a notice are."""

from dataclasses import dataclass

from services.notifications.notices.public import AccountLetterKind


@dataclass(frozen=True, slots=True)
class AccountWording:
    """The words of a letter about somebody's own account; `{end}` is when its link ends."""

    subject: str
    sentence: str
    act: str
    note: str
    reason: str


ACCOUNT_WORDINGS: dict[AccountLetterKind, AccountWording] = {
    AccountLetterKind.PASSWORD_RESET: AccountWording(
        subject="Choisir un nouveau mot de passe",
        sentence="Un nouveau mot de passe a été demandé pour votre compte. "
        "Ce n'était pas vous ? Ne faites rien : le vôtre ne change pas.",
        act="Choisir un mot de passe",
        note="Ce lien est personnel. Il fonctionne une seule fois, jusqu'au {end}.",
        reason="cette adresse est celle d'un compte Entente.",
    ),
}
