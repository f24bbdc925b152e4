"""Accounts that see the pages of operation: named from the command line only, never from a page."""

from shared.contracts.messages import Done
from shared.contracts.web.commands import AddOperator, RemoveOperator
from shared.contracts.web.queries import ListOperators, Operators, OperatorView
from shared.contracts.web.refusals import AccountNotFound
from shared.kit.database import Transaction
from shared.kit.requests import InTransaction, Router, answers

router = Router()


@router.subscriber(**answers(AddOperator))
async def handle_add_operator(command: AddOperator, tx: InTransaction) -> Done:
    """Open them to an account."""
    await _set_operator(tx, command.email, operator=True)
    return Done()


@router.subscriber(**answers(RemoveOperator))
async def handle_remove_operator(command: RemoveOperator, tx: InTransaction) -> Done:
    """Close them to an account: its sessions are looked up at each page."""
    await _set_operator(tx, command.email, operator=False)
    return Done()


@router.subscriber(**answers(ListOperators))
async def handle_list_operators(query: ListOperators, tx: InTransaction) -> Operators:  # noqa: ARG001 - it asks nothing more
    """All of them."""
    rows = await tx.fetch("SELECT person_id, email FROM accounts WHERE operator ORDER BY email LIMIT 1000")
    return Operators(operators=tuple(OperatorView(**row) for row in rows))


async def _set_operator(tx: Transaction, email: str, *, operator: bool) -> None:
    done = await tx.execute("UPDATE accounts SET operator = $2 WHERE email = $1", email, operator)
    if done == "UPDATE 0":
        raise AccountNotFound
