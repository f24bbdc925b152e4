"""Come in, and leave."""

from litestar import Response, get, post
from litestar.params import FromQuery

from services.web.accounts.sessions import end_session
from services.web.accounts.sign_in import sign_in
from services.web.pages.carrying import carried_by, hidden_fields
from services.web.pages.cookies import drop_session_cookie, set_session_cookie
from services.web.pages.devices import device_in_words
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import Kept, see_other, show
from services.web.problems import status_of
from services.web.security import comes_from_elsewhere, is_local_path
from services.web.visits import Visit
from shared.contracts.refusals import Refusal
from shared.contracts.web.refusals import CredentialsWrong, CrossSiteRequest, TooManyAttempts
from shared.kit.database import transaction


@get("/connexion")
async def show_sign_in(request: Visit, suite: FromQuery[str] = "") -> Page:
    """The form, or home for whoever is in already."""
    # An invitation sends here whoever is in as somebody else: sent back to it, she would go round for ever.
    if request.visitor.session and not suite.startswith("/invitation/"):
        return see_other(_target(suite))
    return await _form(request, Form(), suite)


@post("/connexion")
async def handle_sign_in(request: Visit) -> Page:
    """Open a session; each sign-in gets a fresh one, so that a planted cookie is worth nothing."""
    refuse_other_sites(request)
    form = await read_form(request)
    suite = form.text("suite")
    for field in ("email", "password"):
        if not form.text(field).strip():
            form.errors[field] = "Remplissez ce champ."
    if form.errors:
        return await _form(request, form, suite, status=422)
    device = device_in_words(request.headers.get("user-agent", ""))
    try:
        secret = await sign_in(
            request.web.database,
            request.web.gateway,
            form.text("email"),
            form.text("password"),
            ip=request.address,
            device=device,
        )
    except (CredentialsWrong, TooManyAttempts) as refusal:
        form.refuse(refusal)
        return await _form(request, form, suite, refusal=refusal)
    await end_current(request)
    if kept := carried_by(form):
        # Sent by her own click: what she carried is shown before it is done.
        carried = await show(request, "saisie_gardee.html", live_url=None, kept=kept)
        return set_session_cookie(request, carried, secret)
    return set_session_cookie(request, see_other(_target(suite)), secret)


@post("/deconnexion")
async def handle_sign_out(request: Visit) -> Page:
    """End the session here and in the browser."""
    await end_current(request)
    response = drop_session_cookie(request, see_other("/connexion"))
    response.headers["clear-site-data"] = '"cache"'
    return response


def refuse_other_sites(request: Visit) -> None:
    """For forms that open a session: none protects them yet, and a site that signs a reader in as somebody else would see
    what she writes. Only browsers say where a request comes from, and only they can be misled.
    """
    is_browser = "sec-fetch-site" in request.headers or "origin" in request.headers
    if is_browser and comes_from_elsewhere("POST", request.headers, request.web.own_origins):
        raise CrossSiteRequest


async def end_current(request: Visit) -> None:
    """End the session that this browser had, if any."""
    if session := request.visitor.session:
        async with transaction(request.web.database, actor=None) as tx:
            await end_session(tx, session.person_id, session.session_id)


async def sign_in_again(request: Visit, kept: Kept) -> Response[str]:
    """The form of sign-in for whoever sent another one after her session had ended; it carries that one along."""
    return await show(
        request, "connexion.html", status=401, live_url=None, suite="", carried=hidden_fields(kept)
    )


async def _form(
    request: Visit, form: Form, suite: str, *, status: int = 200, refusal: Refusal | None = None
) -> Response[str]:
    if refusal is not None:
        status = 429 if isinstance(refusal, TooManyAttempts) else status_of(refusal)
    return await show(
        request,
        "connexion.html",
        status=status,
        live_url=None,
        erreurs=form.errors,
        valeurs={name: value for name, value in form.values.items() if name == "email"},
        suite=suite if is_local_path(suite) else "",
        carried=hidden_fields(carried_by(form)),
    )


def _target(suite: str) -> str:
    return suite if is_local_path(suite) else "/"
