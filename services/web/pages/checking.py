"""For anybody, without an account: is this document of ours and untouched, and where does its text stand?

Nothing that is sent is kept. Of a hash alone no name and no title is told; a document already says its own.
"""

import re
from dataclasses import dataclass

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException
from litestar.params import FromQuery

from services.web.accounts import throttle
from services.web.documents.checking import LARGEST_BYTES, CheckedFile
from services.web.documents.evidence import Evidence
from services.web.pages.forms import UNPROCESSABLE, Form, Page
from services.web.pages.frame import show
from services.web.pages.sign_in import refuse_other_sites
from services.web.visits import Visit
from services.web.wording.checking import HASH_KNOWN, HASH_UNKNOWN, VERDICTS, mark_of, standing_in_words
from shared.contracts.projects.seals import FindSeal, SealStanding
from shared.contracts.web.refusals import TooManyAttempts
from shared.kit.clock import now
from shared.kit.database import transaction

PATH = "/verifier"
_HASH = re.compile(r"[0-9a-f]{64}")
# A form around the file takes a little too.
_LARGEST_BODY = LARGEST_BYTES + 64 * 1024


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page tells. `evidence` is what the sealed part of a file says of itself."""

    title: str
    told: str
    sealed_hash: str | None = None
    standing: str | None = None
    mark: str = ""
    current: SealStanding | None = None
    evidence: Evidence | None = None


@get(PATH)
async def show_checking(request: Visit, empreinte: FromQuery[str] = "") -> Page:
    """Both forms, or what the hash in the address stands for: such an address can be printed."""
    form = Form([("empreinte", empreinte)] if empreinte else [])
    typed = "".join(empreinte.split()).lower()
    if not typed:
        return await _page(request, form)
    if not _HASH.fullmatch(typed):
        form.errors["empreinte"] = "Une empreinte a 64 signes : des chiffres, et les lettres de a à f."
        return await _page(request, form)
    standing = await _ask(request, typed)
    known = standing is None or standing.known
    title, told = HASH_KNOWN if known else HASH_UNKNOWN
    if standing is None:
        title, told = "Cette empreinte n’a pas pu être vérifiée", ""
    verdict = Verdict(
        title,
        told,
        sealed_hash=typed,
        standing=standing_in_words(standing) if known else None,
        mark=mark_of(standing),
        current=standing if standing and standing.known else None,
    )
    return await _page(request, form, verdict)


@post(PATH, request_max_body_size=_LARGEST_BODY)
async def handle_check_file(request: Visit) -> Page:
    """Check a file that is sent for it."""
    refuse_other_sites(request)
    form = Form()
    data = await _file(request, form)
    if data is None:
        return await _page(request, form)
    await count_check(request)
    return await _page(request, form, await verdict_on(request, await request.web.checker.check(data)))


async def verdict_on(request: Visit, checked: CheckedFile) -> Verdict:
    """A checked file, with where its text stands today."""
    title, told = VERDICTS[checked.integrity]
    attached = checked.attached
    if attached is None:
        return Verdict(title, told)
    standing = await _ask(request, attached.evidence.sealed_hash)
    return Verdict(
        title,
        told,
        sealed_hash=attached.evidence.sealed_hash,
        standing=standing_in_words(standing),
        mark=mark_of(standing),
        current=standing if standing and standing.known else None,
        evidence=attached.evidence,
    )


async def _ask(request: Visit, sealed_hash: str) -> SealStanding | None:
    return await request.web.gateway.ask_if_there(FindSeal(sealed_hash=sealed_hash))


async def _file(request: Visit, form: Form) -> bytes | None:
    try:
        sent = (await request.form()).get("fichier")
    except ClientException as failure:
        too_large = failure.status_code == 413
        form.errors["fichier"] = (
            "Ce fichier dépasse 20 Mo."
            if too_large
            else "Ce fichier n’a pas pu être lu. Envoyez-le à nouveau."
        )
        return None
    data = await sent.read() if isinstance(sent, UploadFile) else b""
    if not data:
        form.errors["fichier"] = "Choisissez un fichier PDF."
    return data or None


async def count_check(request: Visit) -> None:
    """Slow down an address that has very many files checked."""
    async with transaction(request.web.database, actor=None) as tx:
        wait = await throttle.count_attempt(tx, (throttle.checks_from(request.address),), now())
    if wait:
        raise TooManyAttempts(retry_after_seconds=int(wait.total_seconds()) + 1)


async def _page(request: Visit, form: Form, verdict: Verdict | None = None) -> Page:
    return await show(
        request,
        "verifier.html",
        status=UNPROCESSABLE if form.errors else 200,
        live_url=None,
        erreurs=form.errors,
        valeurs=form.values,
        verdict=verdict,
    )
