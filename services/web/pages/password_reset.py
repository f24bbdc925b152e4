"""A forgotten password: ask for the e-mail, then choose a new password behind its link."""

from litestar import Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.params import FromPath, FromQuery
from pydantic import BaseModel

from services.web.accounts.reset_password import count_reset, look_at_reset, reset_password, send_reset
from services.web.accounts.sessions import Flash
from services.web.pages.cookies import set_session_cookie
from services.web.pages.devices import device_in_words
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import see_other, show
from services.web.pages.sign_in import end_current, refuse_other_sites
from services.web.problems import status_of
from services.web.visits import Visit
from shared.contracts.values import EmailAddress
from shared.contracts.web.refusals import PasswordResetNotFound, PasswordTooWeak, TooManyAttempts

_PATH = "/mot-de-passe-oublie"


class Forgotten(BaseModel):
    """What the first form asks."""

    email: EmailAddress


@get(_PATH)
async def show_forgotten(request: Visit, envoye: FromQuery[str] = "") -> Page:
    """The form or, once it was sent, what to do next."""
    return await _forgotten(request, Form(), sent=bool(envoye))


@post(_PATH)
async def handle_forgotten(request: Visit) -> Page:
    """Have the e-mail sent. The answer and its time are the same for an address that opens no account."""
    refuse_other_sites(request)
    form = await read_form(request)
    asked = form.build(Forgotten, email=form.text("email"))
    if asked is None:
        return await _forgotten(request, form, status=form.status)
    try:
        await count_reset(request.web.database, asked.email, ip=request.address)
    except TooManyAttempts as refusal:
        form.refuse(refusal)
        return await _forgotten(request, form, status=status_of(refusal))
    answer = see_other(f"{_PATH}?envoye=oui")
    answer.background = BackgroundTask(send_reset, request.web.database, request.web.gateway, asked.email)
    return answer


@get(f"{_PATH}/{{token:str}}")
async def show_reset(request: Visit, token: FromPath[str]) -> Page:
    """The form behind the link. Looking changes nothing: scanners of e-mail look too."""
    return await _reset(request, token, Form())


@post(f"{_PATH}/{{token:str}}")
async def handle_reset(request: Visit, token: FromPath[str]) -> Page:
    """Set the new password, leave every device, and come in with this one."""
    refuse_other_sites(request)
    form = await read_form(request)
    try:
        secret = await reset_password(
            request.web.database,
            request.web.gateway,
            token,
            form.text("new_password"),
            device=device_in_words(request.headers.get("user-agent", "")),
            flash=Flash(
                "Votre nouveau mot de passe est enregistré. Vos autres appareils sont déconnectés, "
                "et les jetons de vos logiciels ne fonctionnent plus."
            ),
        )
    except PasswordTooWeak as refusal:
        form.refuse(refusal, "new_password")
        return await _reset(request, token, form)
    except PasswordResetNotFound:
        return await _invalid(request)
    await end_current(request)
    return set_session_cookie(request, see_other("/"), secret)


async def _forgotten(request: Visit, form: Form, *, status: int = 200, sent: bool = False) -> Response[str]:
    return await show(
        request,
        "mot_de_passe_oublie.html",
        status=status,
        live_url=None,
        erreurs=form.errors,
        valeurs=form.values,
        envoye=sent,
    )


async def _reset(request: Visit, token: str, form: Form) -> Response[str]:
    try:
        account = await look_at_reset(request.web.database, token)
    except PasswordResetNotFound:
        return await _invalid(request)
    return await show(
        request,
        "nouveau_mot_de_passe.html",
        status=form.status,
        live_url=None,
        erreurs=form.errors,
        token=token,
        email=account.email,
    )


async def _invalid(request: Visit) -> Response[str]:
    return await show(request, "nouveau_mot_de_passe_invalide.html", status=404, live_url=None)
