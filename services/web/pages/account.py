"""My account: as whom I speak, where I am signed in, my tokens, my password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from pydantic import BaseModel

from services.web.accounts.sessions import (
    Flash,
    SessionLine,
    end_other_sessions,
    end_session,
    list_sessions,
    speak_as,
)
from services.web.accounts.sign_in import change_password
from services.web.accounts.tokens import TokenLine, issue_token, list_tokens, revoke_token
from services.web.pages.cookies import set_session_cookie
from services.web.pages.devices import device_in_words
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, see_other, show
from services.web.visits import Visit
from shared.contracts.contacts.queries import AffiliationView, GetMyself, PersonView
from shared.contracts.identifiers import OrganizationId
from shared.contracts.refusals import Refusal
from shared.contracts.values import Name
from shared.contracts.web.refusals import (
    PasswordTooWeak,
    PasswordWrong,
    SessionNotFound,
    TokenNotFound,
    TooManyAttempts,
)
from shared.kit.clock import now
from shared.kit.database import transaction


class TokenLabel(BaseModel):
    """What the form for a new token asks."""

    label: Name


@dataclass(frozen=True, slots=True)
class Current:
    """An affiliation or a session, and whether it is the one in use."""

    of: AffiliationView | SessionLine
    current: bool

    def __getattr__(self, name: str) -> object:
        return getattr(self.of, name)


@dataclass(frozen=True, slots=True)
class NamedToken:
    """A token with the organisation it speaks as."""

    token_id: UUID
    label: str
    organization_name: str
    created_at: datetime
    last_used_at: datetime | None


@get("/compte")
async def show_account(request: Visit) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, Form())


@post("/compte/organisation")
async def handle_speak_as(request: Visit) -> Page:
    """Speak as another of my organisations from now on."""
    form = await read_form(request)
    person = await request.web.gateway.ask(GetMyself(), request.actor)
    chosen = form.identifier("organization_id")
    affiliation = next((it for it in person.affiliations if it.organization_id == chosen), None)
    if affiliation is None:
        form.errors["_"] = "Cette organisation n’est pas la vôtre."
        return await _page(request, form)
    async with transaction(request.web.database, actor=None) as tx:
        await speak_as(tx, request.my_session.session_id, OrganizationId(affiliation.organization_id))
    return await done(
        request, "/compte", f"Vous parlez maintenant au nom de : {affiliation.organization_name}."
    )


@post("/compte/sessions/{session_id:uuid}/terminer")
async def handle_end_session(request: Visit, session_id: FromPath[UUID]) -> Page:
    """Sign another device out."""
    async with transaction(request.web.database, actor=None) as tx:
        if not await end_session(tx, request.person_id, session_id):
            raise SessionNotFound
    if session_id == request.my_session.session_id:
        return see_other("/connexion")
    return await done(request, "/compte", "Cet appareil est déconnecté.")


@post("/compte/sessions/terminer-les-autres")
async def handle_end_other_sessions(request: Visit) -> Page:
    """Sign every other device out."""
    async with transaction(request.web.database, actor=None) as tx:
        await end_other_sessions(tx, request.person_id, kept=request.my_session.session_id)
    return await done(request, "/compte", "Les autres appareils sont déconnectés.")


@post("/compte/jetons")
async def handle_issue_token(request: Visit) -> Page:
    """Make a token; its secret is in this answer and nowhere else."""
    request.must_be_signed_in()
    form = await read_form(request)
    asked = form.build(TokenLabel, label=form.text("label"))
    if asked is None:
        return await _page(request, form)
    async with transaction(request.web.database, actor=None) as tx:
        _, secret = await issue_token(tx, request.actor, asked.label, now())
    return await _page(request, Form(), new_token=secret)


@post("/compte/jetons/{token_id:uuid}/revoquer")
async def handle_revoke_token(request: Visit, token_id: FromPath[UUID]) -> Page:
    """Make a token useless."""
    async with transaction(request.web.database, actor=None) as tx:
        if not await revoke_token(tx, request.person_id, token_id, now()):
            raise TokenNotFound
    return await done(request, "/compte", "Ce jeton ne fonctionne plus.")


@post("/compte/mot-de-passe")
async def handle_change_password(request: Visit) -> Page:
    """Change the password: every other device is signed out."""
    request.must_be_signed_in()
    form = await read_form(request)
    for field in ("current_password", "new_password"):
        if not form.text(field):
            form.errors[field] = "Remplissez ce champ."
    if form.errors:
        return await _page(request, form)
    try:
        secret = await change_password(
            request.web.database,
            request.actor,
            form.text("current_password"),
            form.text("new_password"),
            ip=request.address,
            device=device_in_words(request.headers.get("user-agent", "")),
            flash=Flash(
                "Votre mot de passe est changé. Vos autres appareils sont déconnectés. "
                "Les jetons de vos logiciels, s’il y en a, fonctionnent toujours."
            ),
        )
    except (PasswordWrong, TooManyAttempts) as refusal:
        return await _refused(request, form, refusal, "current_password")
    except PasswordTooWeak as refusal:
        return await _refused(request, form, refusal, "new_password")
    return set_session_cookie(request, see_other("/compte"), secret)


async def _refused(request: Visit, form: Form, refusal: Refusal, field: str) -> Page:
    form.refuse(refusal, field)
    return await _page(request, form)


async def _page(request: Visit, form: Form, *, new_token: str | None = None) -> Page:
    frame = begin_page(request)
    session = request.my_session
    async with transaction(request.web.database, actor=None) as tx:
        sessions = await list_sessions(tx, session.person_id, now())
        tokens = await list_tokens(tx, session.person_id)
    me = (await frame).me
    person = (
        me.person
        if me
        else PersonView(person_id=session.person_id, given_name="", family_name="", email="", affiliations=())
    )
    return await show(
        request,
        "compte.html",
        status=form.status,
        erreurs=form.errors,
        valeurs=form.values,
        person=person,
        affiliations=[
            Current(it, it.organization_id == session.organization_id) for it in person.affiliations
        ],
        sessions=[Current(it, it.session_id == session.session_id) for it in sessions],
        tokens=[_named(it, person) for it in tokens],
        new_token=new_token,
    )


def _named(token: TokenLine, person: PersonView) -> NamedToken:
    names = {it.organization_id: it.organization_name for it in person.affiliations}
    organization = names.get(token.organization_id) if token.organization_id else None
    return NamedToken(
        token_id=token.token_id,
        label=token.label,
        organization_name=organization or "une ancienne organisation",
        created_at=token.created_at,
        last_used_at=token.last_used_at,
    )
