"""Every address that web answers, and Litestar around them. The table of contents of pages and API."""

from typing import Any, Never

from litestar import Litestar
from litestar.datastructures import State

from services.web import static_files
from services.web.api.checking import check_document, find_seal
from services.web.api.document import convention_document
from services.web.api.handlers import ROUTES as API
from services.web.api.openapi import openapi_document
from services.web.failures import BODY_LIMIT_BYTES
from services.web.pages import (
    account,
    checking,
    clause,
    convention,
    conventions,
    departure,
    directory,
    document,
    events,
    home,
    inbox,
    indicators,
    information,
    invitation,
    life,
    life_acts,
    organization,
    password_reset,
    project,
    projects,
    quarantine,
    referents,
    sealing,
    sign_in,
    signing,
    timeline,
)
from services.web.visits import Visit, Web

_PAGES = (
    sign_in.show_sign_in,
    sign_in.handle_sign_in,
    sign_in.handle_sign_out,
    password_reset.show_forgotten,
    password_reset.handle_forgotten,
    password_reset.show_reset,
    password_reset.handle_reset,
    invitation.show_invitation,
    invitation.handle_accept_invitation,
    invitation.handle_decline_invitation,
    home.show_home,
    inbox.show_inbox,
    inbox.handle_read_all,
    inbox.handle_read_notice,
    directory.show_directory,
    directory.show_directory_entry,
    conventions.show_conventions,
    conventions.show_new_convention,
    conventions.handle_new_convention,
    convention.show_convention,
    convention.handle_accept_all,
    convention.handle_write_message,
    clause.show_clause,
    clause.handle_accept_clause,
    clause.handle_propose_clause,
    clause.handle_comment_clause,
    referents.show_referents,
    referents.handle_name_referent,
    referents.handle_invite_referent,
    referents.handle_accept_mandate,
    referents.handle_decline_mandate,
    sealing.show_sealing,
    sealing.handle_seal,
    signing.show_signing,
    signing.handle_sign,
    signing.show_refusing,
    signing.handle_refuse,
    signing.show_receipt,
    life.show_life,
    life.handle_lift,
    life.handle_complete_step,
    life_acts.show_suspending,
    life_acts.handle_suspend,
    life_acts.show_ending,
    life_acts.handle_end,
    timeline.show_timeline,
    document.show_document,
    checking.show_checking,
    checking.handle_check_file,
    account.show_account,
    account.handle_speak_as,
    account.handle_end_session,
    account.handle_end_other_sessions,
    account.handle_issue_token,
    account.handle_revoke_token,
    account.handle_change_password,
    organization.show_organization,
    organization.handle_grant,
    organization.handle_revoke,
    organization.handle_grant_administration,
    departure.show_departure,
    departure.handle_end_affiliation,
    departure.handle_end_mandate,
    projects.show_projects,
    projects.show_new_project,
    projects.handle_propose_project,
    project.show_project,
    project.handle_name_lead,
    project.handle_start_project,
    project.handle_plan_milestone,
    project.handle_reach_milestone,
    project.handle_move_milestone,
    indicators.show_indicators,
    indicators.show_new_indicator,
    indicators.handle_propose_indicator,
    indicators.show_indicator,
    indicators.handle_accept_indicator,
    indicators.handle_record_measure,
    indicators.handle_correct_measure,
    quarantine.show_quarantine,
    quarantine.show_quarantined,
    quarantine.handle_replay,
    quarantine.show_discarding,
    quarantine.handle_discard,
    information.show_help,
    information.show_accessibility,
    information.show_privacy,
    information.show_api,
    events.events,
    static_files.static_file,
)


def application(web: Web) -> Litestar:
    """Litestar routes and reads; what surrounds every request is in `reception`."""
    return Litestar(
        route_handlers=[*_PAGES, *API, convention_document, find_seal, check_document, openapi_document],
        request_class=Visit,
        request_max_body_size=BODY_LIMIT_BYTES,
        # Failures are answered in one place, which may ask services to make its page: these handlers cannot.
        exception_handlers={Exception: _pass_on},
        openapi_config=None,
        logging_config=None,
        state=State({"web": web}),
    )


def _pass_on(_request: Any, failure: Exception) -> Never:
    raise failure
