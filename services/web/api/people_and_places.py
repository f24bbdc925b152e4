"""Who is who, and who speaks for whom: the resources that contacts answers."""

from services.web.api.endpoint import Endpoint
from shared.contracts.contacts import commands, queries

ENDPOINTS = (
    Endpoint("GET", "/me", queries.GetMyself, "The person who asks, and as whom she may speak"),
    Endpoint("GET", "/me/mandates", queries.ListMyMandates, "My mandates, proposed and accepted"),
    Endpoint(
        "GET",
        "/me/authority",
        queries.GetMyAuthority,
        "What I may do for my organisation in a convention, at this moment",
        example={"convention_id": "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"},
    ),
    Endpoint("GET", "/organizations", queries.FindOrganizations, "Search the directory"),
    Endpoint("GET", "/organizations/{organization_id}", queries.GetOrganization, "One organisation"),
    Endpoint(
        "POST",
        "/names/organizations",
        queries.NameOrganizations,
        "The names of many organisations at once",
        example={"organization_ids": ["01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"]},
    ),
    Endpoint(
        "POST",
        "/names/people",
        queries.NamePeople,
        "The names of many people at once",
        example={"person_ids": ["01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"]},
    ),
    Endpoint("GET", "/members", queries.ListMembers, "The people of my organisation"),
    Endpoint(
        "PUT", "/members/{person_id}/signing-authority", commands.GrantSigningAuthority, "Let a member sign"
    ),
    Endpoint(
        "DELETE",
        "/members/{person_id}/signing-authority",
        commands.RevokeSigningAuthority,
        "Take the authority to sign back",
    ),
    Endpoint(
        "PUT",
        "/members/{person_id}/administration",
        commands.GrantAdministration,
        "Let a member administer my organisation too",
    ),
    Endpoint(
        "GET",
        "/members/{person_id}/departure",
        queries.GetDeparture,
        "What would end if somebody left my organisation",
    ),
    Endpoint("DELETE", "/members/{person_id}", commands.EndAffiliation, "Somebody leaves my organisation"),
    Endpoint(
        "GET", "/conventions/{convention_id}/mandates", queries.ListMandates, "The référents of both sides"
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/mandates",
        commands.NameReferent,
        "Name a member of my organisation as référent",
        makes="mandate_id",
        location="/mandates/{mandate_id}",
        example={"person_id": "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"},
    ),
    Endpoint(
        "POST",
        "/conventions/{convention_id}/invitations",
        commands.InviteReferent,
        "Invite a référent by e-mail",
        makes="mandate_id",
        location="/mandates/{mandate_id}",
        example={
            "organization_id": "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f",
            "given_name": "Odile",
            "family_name": "Marchand",
            "email": "odile.marchand@exemple.fr",
        },
    ),
    Endpoint("GET", "/mandates/{mandate_id}", queries.GetMandate, "One mandate"),
    Endpoint(
        "POST",
        "/mandates/{mandate_id}/acceptance",
        commands.AcceptMandate,
        "Become the référent",
        example={"function": "Présidente", "declares_signing_authority": True},
    ),
    Endpoint(
        "POST",
        "/mandates/{mandate_id}/delegations",
        commands.GrantDelegation,
        "Let a colleague act for a référent who will be absent",
        makes="delegation_id",
        example={
            "deputy_id": "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f",
            "starts_on": "2027-07-05",
            "ends_on": "2027-08-01",
        },
    ),
    Endpoint(
        "DELETE",
        "/mandates/{mandate_id}/delegations/{delegation_id}",
        commands.EndDelegation,
        "End a delegation before its last day",
    ),
    Endpoint("DELETE", "/mandates/{mandate_id}", commands.EndMandate, "Give my mandate up"),
    Endpoint(
        "POST",
        "/mandates/{mandate_id}/refusal",
        commands.DeclineMandate,
        "Refuse to be the référent",
        example={"reason": "Je quitte l’association en mai."},
    ),
)
