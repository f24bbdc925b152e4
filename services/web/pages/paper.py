"""Signing on paper: give the scan of the signed pages, then each référent attests it against the printed hash."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Stream

from services.web.pages.confirming import confirm
from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.uploads.receiving import MOST_BYTES, receive_form
from services.web.uploads.sending import send_file
from services.web.visits import Visit
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.paper import AttestPaperSignature, GivePaperScan, ScanView
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import NotAReferent, NotSealed, ScanChanged

_PATH = "/conventions/{convention_id:uuid}/papier"
_ACCEPT = ".pdf,.jpg,.jpeg,.png"


@get(_PATH)
async def show_paper(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """What to do, then what is left to attest."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(f"{_PATH}/scan", request_max_body_size=MOST_BYTES)
async def handle_give_scan(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Keep the signed pages."""
    request.must_be_signed_in()
    shown = await ask_convention(request, ConventionId(convention_id))
    if Act.SIGN_ON_PAPER not in shown.may:
        raise NotAReferent
    form, file = await receive_form(request, "file")
    command = _scan_command(shown, form, file)
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    told = "Les pages signées sont déposées. Chaque référent les atteste."
    return await done(request, f"{shown.url}/papier", told)


@post(f"{_PATH}/attester")
async def handle_attest(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Attest for one's own side."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        AttestPaperSignature,
        convention_id=convention_id,
        sealed_hash=form.text("sealed_hash"),
        scan=form.text("scan"),
        signatory=form.text("signatory"),
        capacity=form.text("capacity"),
        signed_on=form.text("signed_on"),
    )
    if not form.ticked("compared"):
        form.errors["compared"] = "Cochez la case pour dire que vous avez comparé l’empreinte."
    await confirm(request, form, as_referent=True)
    if await form.send(request, command, {"paper_date_impossible": "signed_on"}) is None:
        return await _page(request, ConventionId(convention_id), form)
    told = "Votre attestation est enregistrée."
    return await done(request, f"/conventions/{convention_id}/recu", told)


@get(f"{_PATH}/scan")
async def show_scan(request: Visit, convention_id: FromPath[UUID]) -> Stream:
    """The signed pages, for whoever may read the convention."""
    request.must_be_signed_in()
    return await scan_of(request, ConventionId(convention_id))


async def scan_of(request: Visit, convention_id: ConventionId) -> Stream:
    """The file, once projects has said that the reader may see the convention."""
    scan = (await ask_convention(request, convention_id)).view.scan
    if scan is None:
        raise ScanChanged
    return await send_file(request, scan.file)


def _scan_command(shown: Shown, form: Form, file: GivenFile | None) -> GivePaperScan | None:
    if file is None:
        form.errors.setdefault("file", "Choisissez le scan des pages signées.")
        return None
    return form.build(
        GivePaperScan,
        convention_id=shown.view.convention_id,
        sealed_hash=form.text("sealed_hash"),
        file=file,
    )


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    if shown.view.sealed_hash is None:
        raise NotSealed(state=str(shown.view.state))
    scan: ScanView | None = shown.view.scan
    return await show(
        request,
        "papier.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        may=shown.may,
        parties=shown.parties,
        scan=scan,
        replaceable=not any(it.signature and it.signature.scan for it in shown.view.parties),
        accept=_ACCEPT,
        megabytes=request.web.settings.upload_megabytes,
    )
