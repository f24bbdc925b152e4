"""Why notifications refuses."""

from shared.contracts.refusals import Refusal, RefusalKind


class NoticeNotFound(Refusal):
    """No such notice, or one that is somebody else's."""

    code = "notice_not_found"
    kind = RefusalKind.NOT_FOUND
