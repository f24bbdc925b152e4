"""Take out an article that one's side brought."""

from services.projects.conventions import storage
from services.projects.conventions.domain import changing_articles
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import WithdrawClause
from shared.kit import clock
from shared.kit.database import Transaction


async def withdraw_clause(command: WithdrawClause, actor: Actor, tx: Transaction) -> Done:
    """Withdraw an article that the regime does not require and not every party has accepted; or, in an amendment, propose that one goes."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = changing_articles.withdraw_clause(convention, command.clause_id, command.revision, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
