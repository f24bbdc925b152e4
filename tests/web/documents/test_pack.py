"""The hand-over pack as a document: tagged, and what people wrote is never markup."""

from datetime import UTC, datetime

from deploy.seal_key import make_seal_key
from services.web.documents.pack import PackLine, PackSection, PrintedPack
from services.web.documents.printing import Printer
from services.web.documents.seal_key import SealKey

MADE_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOSTILE = '#panic("x") *gras* $x$ \u202egauche \\ "'


async def test_it_is_a_tagged_document_whatever_people_wrote() -> None:
    pack = PrintedPack(
        title="Dossier de relève",
        aim=HOSTILE,
        status="Dossier établi le 23 novembre 2026",
        sections=[
            PackSection("Ce qui est en vigueur", [PackLine(HOSTILE, HOSTILE, "/x")], "Rien encore."),
            PackSection("Ce qui est attendu", [], "Rien n’est attendu."),
        ],
    )
    document = await Printer(SealKey(make_seal_key().encode())).print_pack(pack, MADE_AT)
    assert document.startswith(b"%PDF")
    assert b"/MarkInfo" in document
