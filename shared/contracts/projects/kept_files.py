"""Which files of the store projects names: asked by web, which keeps them and removes what nothing names."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.messages import Audience, Command, View
from shared.contracts.values import Sha256


class FilesInUse(View):
    """Those of the files asked about that must stay."""

    in_use: tuple[Sha256, ...]


class ForgetUnusedFiles(Command[FilesInUse]):
    """Forget those of these files that nothing refers to and that were last named before that moment. The others are told."""

    audience: ClassVar[Audience] = Audience.SERVICES

    sha256s: Annotated[tuple[Sha256, ...], Field(max_length=200)]
    before: datetime
