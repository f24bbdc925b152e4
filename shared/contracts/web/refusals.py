"""Why web refuses, before any other service is asked."""

from shared.contracts.refusals import Refusal, RefusalKind


class CredentialsWrong(Refusal):
    """The e-mail or the password is wrong; which one is not told."""

    code = "credentials_wrong"
    kind = RefusalKind.NOT_ALLOWED


class PasswordWrong(Refusal):
    """The password that confirms an act is not the account's."""

    code = "password_wrong"
    kind = RefusalKind.NOT_ALLOWED


class TooManyAttempts(Refusal):
    """Too many attempts in a short time; `retry_after_seconds` says when the next one is looked at."""

    code = "too_many_attempts"


class PasswordTooWeak(Refusal):
    """The new password is not accepted; `weakness` says why: too_short, too_long, is_email, too_common."""

    code = "password_too_weak"
    kind = RefusalKind.INVALID


class EmailTaken(Refusal):
    """Another person signs in with this e-mail."""

    code = "email_taken"


class AccountNotFound(Refusal):
    """Nobody signs in with this e-mail."""

    code = "account_not_found"
    kind = RefusalKind.NOT_FOUND


class InvitationNotFound(Refusal):
    """No such invitation, or one that is used, answered or expired."""

    code = "invitation_not_found"
    kind = RefusalKind.NOT_FOUND


class PasswordResetNotFound(Refusal):
    """No account to reset, or a link that is unknown, used, replaced by a newer one or expired."""

    code = "password_reset_not_found"
    kind = RefusalKind.NOT_FOUND


class SessionNotFound(Refusal):
    """No such session of the actor."""

    code = "session_not_found"
    kind = RefusalKind.NOT_FOUND


class TokenNotFound(Refusal):
    """No such API token of the actor."""

    code = "token_not_found"
    kind = RefusalKind.NOT_FOUND


class CrossSiteRequest(Refusal):
    """The request comes from another site, or does not say from which one, and would change something."""

    code = "cross_site_request"
    kind = RefusalKind.NOT_ALLOWED


class BodyUnreadable(Refusal):
    """The body of the request is not valid JSON."""

    code = "body_unreadable"
    kind = RefusalKind.INVALID


class BodyTooLarge(Refusal):
    """The body of the request is larger than `limit_bytes`."""

    code = "body_too_large"
    kind = RefusalKind.INVALID


class FileEmpty(Refusal):
    """The file has no bytes."""

    code = "file_empty"
    kind = RefusalKind.INVALID


class FileNameRefused(Refusal):
    """The name of the file is empty, too long, one of a device, or holds characters that deceive or cannot be saved."""

    code = "file_name_refused"
    kind = RefusalKind.INVALID


class FileKindRefused(Refusal):
    """The bytes are not of a kind that is taken, or are of another kind than the name says."""

    code = "file_kind_refused"
    kind = RefusalKind.INVALID


class FileContentRefused(Refusal):
    """The file holds something that acts when it is opened (a script, a macro, another file), or is locked by a password."""

    code = "file_content_refused"
    kind = RefusalKind.INVALID


class MediaTypeNotSupported(Refusal):
    """The body of the request is not of a media type that is read here; `supported` lists them."""

    code = "media_type_not_supported"
    kind = RefusalKind.INVALID


class PageNotFound(Refusal):
    """No such address."""

    code = "page_not_found"
    kind = RefusalKind.NOT_FOUND


class MethodNotAllowed(Refusal):
    """The address exists, but not for this method."""

    code = "method_not_allowed"
    kind = RefusalKind.INVALID


class AuthorityNotChecked(Refusal):
    """Whether the person may still bind her organisation cannot be asked now; nothing is done, and it may pass later."""

    code = "authority_not_checked"
