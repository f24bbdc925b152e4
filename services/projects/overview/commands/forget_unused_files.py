"""Forget the names of files that nothing of projects refers to."""

from shared.contracts.projects.kept_files import FilesInUse, ForgetUnusedFiles
from shared.kit.database import Transaction
from shared.kit.files import files_in_use


async def forget_unused_files(command: ForgetUnusedFiles, tx: Transaction) -> FilesInUse:
    """Forget them; the answer is which ones stay. Hashes only: whose files they are is told to nobody."""
    return FilesInUse(in_use=tuple(await files_in_use(tx, command.sha256s, before=command.before)))
