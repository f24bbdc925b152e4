"""The requests that conventions answers. Translation only."""

from services.projects.conventions import queries
from services.projects.conventions.commands.accept_annex import accept_annex
from services.projects.conventions.commands.accept_clause import accept_clause
from services.projects.conventions.commands.accept_clauses import accept_clauses
from services.projects.conventions.commands.accept_terms import accept_terms
from services.projects.conventions.commands.add_clause import add_clause
from services.projects.conventions.commands.add_comment import add_comment
from services.projects.conventions.commands.announce_annex import announce_annex
from services.projects.conventions.commands.attest_paper_signature import attest_paper_signature
from services.projects.conventions.commands.draft_convention import draft_convention
from services.projects.conventions.commands.give_annex_file import give_annex_file
from services.projects.conventions.commands.give_paper_scan import give_paper_scan
from services.projects.conventions.commands.propose_clause import propose_clause
from services.projects.conventions.commands.propose_terms import propose_terms
from services.projects.conventions.commands.read_convention import read_convention
from services.projects.conventions.commands.refuse_signature import refuse_signature
from services.projects.conventions.commands.seal_convention import seal_convention
from services.projects.conventions.commands.sign_convention import sign_convention
from services.projects.conventions.commands.withdraw_annex import withdraw_annex
from services.projects.conventions.commands.withdraw_clause import withdraw_clause
from shared.contracts.messages import Done
from shared.contracts.projects.annexes import AnnexHistory
from shared.contracts.projects.commands import (
    AcceptAnnex,
    AcceptClause,
    AcceptClauses,
    AcceptTerms,
    AddClause,
    AddComment,
    AnnounceAnnex,
    DraftConvention,
    GiveAnnexFile,
    ProposeClause,
    ProposeTerms,
    ReadConvention,
    RefuseSignature,
    SealConvention,
    Sealed,
    SignConvention,
    WithdrawAnnex,
    WithdrawClause,
)
from shared.contracts.projects.comparisons import (
    ClauseComparison,
    CompareClause,
    CompareConvention,
    ConventionComparison,
    ListTextVersions,
    TextVersions,
)
from shared.contracts.projects.paper import AttestPaperSignature, GivePaperScan
from shared.contracts.projects.queries import (
    CanonicalText,
    CheckSealing,
    ClauseHistory,
    Conventions,
    ConventionView,
    GetAnnexHistory,
    GetClauseHistory,
    GetConvention,
    GetSealedText,
    GetTermsHistory,
    ListConventions,
    ListLibraryClauses,
    ListTemplates,
    SealCheck,
)
from shared.contracts.projects.seals import EvidenceRecord, FindSeal, GetEvidence, SealStanding
from shared.contracts.projects.templates import ClauseLibrary, Templates
from shared.contracts.projects.terms import TermsHistory
from shared.kit.requests import CurrentActor, InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(DraftConvention))
async def handle_draft_convention(command: DraftConvention, actor: CurrentActor, tx: InTransaction) -> Done:
    return await draft_convention(command, actor, tx)


@router.subscriber(**answers(ProposeClause))
async def handle_propose_clause(command: ProposeClause, actor: CurrentActor, tx: InTransaction) -> Done:
    return await propose_clause(command, actor, tx)


@router.subscriber(**answers(AddClause))
async def handle_add_clause(command: AddClause, actor: CurrentActor, tx: InTransaction) -> Done:
    return await add_clause(command, actor, tx)


@router.subscriber(**answers(WithdrawClause))
async def handle_withdraw_clause(command: WithdrawClause, actor: CurrentActor, tx: InTransaction) -> Done:
    return await withdraw_clause(command, actor, tx)


@router.subscriber(**answers(AcceptClause))
async def handle_accept_clause(command: AcceptClause, actor: CurrentActor, tx: InTransaction) -> Done:
    return await accept_clause(command, actor, tx)


@router.subscriber(**answers(AcceptClauses))
async def handle_accept_clauses(command: AcceptClauses, actor: CurrentActor, tx: InTransaction) -> Done:
    return await accept_clauses(command, actor, tx)


@router.subscriber(**answers(ProposeTerms))
async def handle_propose_terms(command: ProposeTerms, actor: CurrentActor, tx: InTransaction) -> Done:
    return await propose_terms(command, actor, tx)


@router.subscriber(**answers(AcceptTerms))
async def handle_accept_terms(command: AcceptTerms, actor: CurrentActor, tx: InTransaction) -> Done:
    return await accept_terms(command, actor, tx)


@router.subscriber(**answers(AnnounceAnnex))
async def handle_announce_annex(command: AnnounceAnnex, actor: CurrentActor, tx: InTransaction) -> Done:
    return await announce_annex(command, actor, tx)


@router.subscriber(**answers(GiveAnnexFile))
async def handle_give_annex_file(command: GiveAnnexFile, actor: CurrentActor, tx: InTransaction) -> Done:
    return await give_annex_file(command, actor, tx)


@router.subscriber(**answers(WithdrawAnnex))
async def handle_withdraw_annex(command: WithdrawAnnex, actor: CurrentActor, tx: InTransaction) -> Done:
    return await withdraw_annex(command, actor, tx)


@router.subscriber(**answers(AcceptAnnex))
async def handle_accept_annex(command: AcceptAnnex, actor: CurrentActor, tx: InTransaction) -> Done:
    return await accept_annex(command, actor, tx)


@router.subscriber(**answers(AddComment))
async def handle_add_comment(command: AddComment, actor: CurrentActor, tx: InTransaction) -> Done:
    return await add_comment(command, actor, tx)


@router.subscriber(**answers(ReadConvention))
async def handle_read_convention(command: ReadConvention, actor: CurrentActor, tx: InTransaction) -> Done:
    return await read_convention(command, actor, tx)


@router.subscriber(**answers(SealConvention))
async def handle_seal_convention(command: SealConvention, actor: CurrentActor, tx: InTransaction) -> Sealed:
    return await seal_convention(command, actor, tx)


@router.subscriber(**answers(SignConvention))
async def handle_sign_convention(command: SignConvention, actor: CurrentActor, tx: InTransaction) -> Done:
    return await sign_convention(command, actor, tx)


@router.subscriber(**answers(RefuseSignature))
async def handle_refuse_signature(command: RefuseSignature, actor: CurrentActor, tx: InTransaction) -> Done:
    return await refuse_signature(command, actor, tx)


@router.subscriber(**answers(ListTemplates))
async def handle_list_templates(_query: ListTemplates, _actor: CurrentActor) -> Templates:
    return queries.list_templates()


@router.subscriber(**answers(ListLibraryClauses))
async def handle_list_library_clauses(_query: ListLibraryClauses, _actor: CurrentActor) -> ClauseLibrary:
    return queries.list_library_clauses()


@router.subscriber(**answers(GetConvention))
async def handle_get_convention(
    query: GetConvention, actor: CurrentActor, tx: InTransaction
) -> ConventionView:
    return await queries.get_convention(query, actor, tx)


@router.subscriber(**answers(GetClauseHistory))
async def handle_get_clause_history(
    query: GetClauseHistory, actor: CurrentActor, tx: InTransaction
) -> ClauseHistory:
    return await queries.get_clause_history(query, actor, tx)


@router.subscriber(**answers(GetTermsHistory))
async def handle_get_terms_history(
    query: GetTermsHistory, actor: CurrentActor, tx: InTransaction
) -> TermsHistory:
    return await queries.get_terms_history(query, actor, tx)


@router.subscriber(**answers(GetAnnexHistory))
async def handle_get_annex_history(
    query: GetAnnexHistory, actor: CurrentActor, tx: InTransaction
) -> AnnexHistory:
    return await queries.get_annex_history(query, actor, tx)


@router.subscriber(**answers(CompareClause))
async def handle_compare_clause(
    query: CompareClause, actor: CurrentActor, tx: InTransaction
) -> ClauseComparison:
    return await queries.compare_clause(query, actor, tx)


@router.subscriber(**answers(ListTextVersions))
async def handle_list_text_versions(
    query: ListTextVersions, actor: CurrentActor, tx: InTransaction
) -> TextVersions:
    return await queries.list_text_versions(query, actor, tx)


@router.subscriber(**answers(CompareConvention))
async def handle_compare_convention(
    query: CompareConvention, actor: CurrentActor, tx: InTransaction
) -> ConventionComparison:
    return await queries.compare_convention(query, actor, tx)


@router.subscriber(**answers(ListConventions))
async def handle_list_conventions(
    query: ListConventions, actor: CurrentActor, tx: InTransaction
) -> Conventions:
    return await queries.list_conventions(query, actor, tx)


@router.subscriber(**answers(CheckSealing))
async def handle_check_sealing(query: CheckSealing, actor: CurrentActor, tx: InTransaction) -> SealCheck:
    return await queries.check_sealing(query, actor, tx)


@router.subscriber(**answers(GetSealedText))
async def handle_get_sealed_text(
    query: GetSealedText, actor: CurrentActor, tx: InTransaction
) -> CanonicalText:
    return await queries.get_sealed_text(query, actor, tx)


@router.subscriber(**answers(FindSeal))
async def handle_find_seal(query: FindSeal, tx: InTransaction) -> SealStanding:
    return await queries.find_seal(query, tx)


@router.subscriber(**answers(GetEvidence))
async def handle_get_evidence(query: GetEvidence, actor: CurrentActor, tx: InTransaction) -> EvidenceRecord:
    return await queries.get_evidence(query, actor, tx)


@router.subscriber(**answers(GivePaperScan))
async def handle_give_paper_scan(command: GivePaperScan, actor: CurrentActor, tx: InTransaction) -> Done:
    return await give_paper_scan(command, actor, tx)


@router.subscriber(**answers(AttestPaperSignature))
async def handle_attest_paper_signature(
    command: AttestPaperSignature, actor: CurrentActor, tx: InTransaction
) -> Done:
    return await attest_paper_signature(command, actor, tx)
