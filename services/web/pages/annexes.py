"""The annexes of a convention: which there are, adding one, and the page of each with its file."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Stream

from services.web.pages.annexes_view import annexes_of
from services.web.pages.convention_view import Person, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import names_of
from services.web.uploads.kinds import ACCEPT
from services.web.uploads.permission import require_may_give
from services.web.uploads.receiving import MOST_BYTES, receive_form
from services.web.uploads.sending import send_file
from services.web.visits import Visit
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import AnnexId, ConventionId
from shared.contracts.projects.annexes import AnnexHistory
from shared.contracts.projects.commands import AcceptAnnex, AnnounceAnnex, GiveAnnexFile, WithdrawAnnex
from shared.contracts.projects.queries import GetAnnexHistory
from shared.contracts.projects.refusals import AnnexNotFound

_PATH = "/conventions/{convention_id:uuid}/annexes"
_ONE = f"{_PATH}/{{annex_id:uuid}}"
_AT_FILE = {"annex_unchanged": "file"}


@dataclass(frozen=True, slots=True)
class Past:
    """One state that it has had."""

    revision: int
    file: GivenFile | None
    withdrawn: bool
    author: Person
    at: datetime


@get(_PATH)
async def show_annexes(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """All of them, and a form to add one."""
    request.must_be_signed_in()
    return await _list_page(request, ConventionId(convention_id), Form())


@post(_PATH, request_max_body_size=MOST_BYTES)
async def handle_add_annex(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Add one, with its file or without it yet."""
    request.must_be_signed_in()
    await require_may_give(request, ConventionId(convention_id))
    form, file = await receive_form(request, "file")
    command = form.build(
        AnnounceAnnex, convention_id=convention_id, annex_id=form.made_id, title=form.text("title")
    )
    announced = await form.send(request, command)
    if command is None or announced is None:
        return await _list_page(request, ConventionId(convention_id), form)
    told = "L’annexe est annoncée. Ajoutez son fichier avant de sceller."
    if file is not None:
        given = GiveAnnexFile(
            convention_id=command.convention_id, annex_id=command.annex_id, revision=1, file=file
        )
        if await form.send(request, given, _AT_FILE) is None:
            return await _page(request, command.convention_id, command.annex_id, form)
        told = "L’annexe est proposée. Chaque partie est prévenue."
    return await done(request, f"/conventions/{convention_id}/annexes", told)


@get(_ONE)
async def show_annex(request: Visit, convention_id: FromPath[UUID], annex_id: FromPath[UUID]) -> Page:
    """One annex, with every file it has had."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), AnnexId(annex_id), Form())


@post(f"{_ONE}/fichier", request_max_body_size=MOST_BYTES)
async def handle_give_annex_file(
    request: Visit, convention_id: FromPath[UUID], annex_id: FromPath[UUID]
) -> Page:
    """Give it its file, or another one."""
    request.must_be_signed_in()
    await require_may_give(request, ConventionId(convention_id))
    form, file = await receive_form(request, "file")
    if file is None:
        form.errors.setdefault("file", "Choisissez un fichier.")
    command = None
    if file is not None:
        command = form.build(
            GiveAnnexFile,
            convention_id=convention_id,
            annex_id=annex_id,
            revision=form.text("revision"),
            file=file,
        )
    if await form.send(request, command, _AT_FILE) is None:
        return await _page(request, ConventionId(convention_id), AnnexId(annex_id), form)
    told = "Le fichier est proposé. Chaque partie est prévenue."
    return await done(request, f"/conventions/{convention_id}/annexes", told)


@post(f"{_ONE}/accepter")
async def handle_accept_annex(
    request: Visit, convention_id: FromPath[UUID], annex_id: FromPath[UUID]
) -> Page:
    """Accept it as it was read, or that it goes."""
    form = await read_form(request)
    command = form.build(
        AcceptAnnex, convention_id=convention_id, annex_id=annex_id, revision=form.text("revision")
    )
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), AnnexId(annex_id), form)
    return await done(request, f"/conventions/{convention_id}/annexes", "Votre accord est enregistré.")


@post(f"{_ONE}/retirer")
async def handle_withdraw_annex(
    request: Visit, convention_id: FromPath[UUID], annex_id: FromPath[UUID]
) -> Page:
    """Take it out, or propose to."""
    form = await read_form(request)
    command = form.build(
        WithdrawAnnex, convention_id=convention_id, annex_id=annex_id, revision=form.text("revision")
    )
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), AnnexId(annex_id), form)
    told = "Le retrait est enregistré. Une annexe déjà acceptée attend l’accord de chaque partie."
    return await done(request, f"/conventions/{convention_id}/annexes", told)


@get(f"{_ONE}/fichier")
async def show_annex_file(request: Visit, convention_id: FromPath[UUID], annex_id: FromPath[UUID]) -> Stream:
    """A file of it: that of a past version with `?version=`."""
    request.must_be_signed_in()
    return await annex_file(request, ConventionId(convention_id), AnnexId(annex_id))


async def annex_file(request: Visit, convention_id: ConventionId, annex_id: AnnexId) -> Stream:
    """The file, once projects has said that the reader may see the convention."""
    history = await request.web.gateway.ask(
        GetAnnexHistory(convention_id=convention_id, annex_id=annex_id), request.actor
    )
    wanted = request.query_params.get("version")
    for it in history.revisions:
        if it.file is not None and wanted in {None, "", str(it.revision)}:
            return await send_file(request, it.file)
    raise AnnexNotFound


async def _list_page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    return await show(
        request,
        "annexes.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        may=shown.may,
        annexes=annexes_of(shown),
        accept=ACCEPT,
        megabytes=request.web.settings.upload_megabytes,
    )


async def _page(request: Visit, convention_id: ConventionId, annex_id: AnnexId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    annex = next((it for it in annexes_of(shown) if it.id == annex_id), None)
    if annex is None:
        raise AnnexNotFound
    history = await request.web.gateway.ask(
        GetAnnexHistory(convention_id=convention_id, annex_id=annex_id), request.actor
    )
    return await show(
        request,
        "annexe.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        may=shown.may,
        annex=annex,
        past=await _past(request, history),
        accept=ACCEPT,
        megabytes=request.web.settings.upload_megabytes,
    )


async def _past(request: Visit, history: AnnexHistory) -> list[Past]:
    names = await names_of(
        request,
        people=(it.person_id for it in history.revisions),
        organizations=(it.organization_id for it in history.revisions),
    )
    return [
        Past(
            revision=it.revision,
            file=it.file,
            withdrawn=it.withdrawn,
            author=names.who(it.person_id, it.organization_id),
            at=it.proposed_at,
        )
        for it in history.revisions
    ]
