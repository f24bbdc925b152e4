"""A person, or somebody who knows her address, says that she forgot her password."""

from services.notifications.notices.domain.letters import AccountLetterKind
from services.notifications.notices.storage.account_letters import queue_account_letter
from shared.contracts.messages import Done
from shared.contracts.notifications.commands import SendPasswordReset
from shared.kit import clock, tracing
from shared.kit.database import Transaction


async def send_password_reset(command: SendPasswordReset, tx: Transaction) -> Done:
    """Queue the e-mail. The link that it carries is made at the moment of sending."""
    await queue_account_letter(
        tx,
        command.person_id,
        AccountLetterKind.PASSWORD_RESET,
        clock.now(),
        traceparent=tracing.current(),
    )
    return Done()
