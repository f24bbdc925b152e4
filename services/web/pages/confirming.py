"""Binding acts ask for the password again: whoever finds an open session cannot sign with it. Nor can whoever may no more."""

from services.web.accounts.sign_in import confirm_password
from services.web.authority import require_authority
from services.web.pages.forms import Form
from services.web.visits import Visit
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.web.refusals import PasswordWrong, TooManyAttempts


async def confirm(request: Visit, form: Form, *, as_referent: bool = False) -> None:
    """Check the password in the form, once all else is right: a wrong one is counted; then that she may still bind her
    organisation, as a signatory or as its référent. What is wrong stands in the form.
    """
    if not form.text("password"):
        form.errors["password"] = "Saisissez votre mot de passe."  # noqa: S105 - a sentence
    if form.errors:
        return
    try:
        await confirm_password(
            request.web.database, request.person_id, form.text("password"), ip=request.address
        )
    except (PasswordWrong, TooManyAttempts) as refusal:
        form.refuse(refusal, "password")
        return
    try:
        await require_authority(request, as_referent=as_referent)
    except Refusal as refusal:
        if refusal.kind is RefusalKind.NOT_FOUND:
            raise
        form.refuse(refusal)
