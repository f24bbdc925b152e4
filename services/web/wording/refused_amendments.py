"""Why an amendment cannot begin, change or be given up."""

from services.web.wording.refused import Words, state_of

AMENDMENTS: dict[str, Words] = {
    "amendment_open": Words(
        "Un autre avenant est en cours",
        "Un avenant est déjà en négociation, à signer ou en attente de sa date. Terminez-le, ou abandonnez-le d’abord.",
    ),
    "not_an_amendment": Words(
        "Ce texte n’est pas un avenant",
        "Seul un avenant s’abandonne. Une convention se suspend ou se dénonce, depuis sa page de vie.",
    ),
    "amendment_over": Words(
        "Avenant qui ne peut plus être abandonné",
        lambda fields: f"Cet avenant est {state_of(fields)}. Il ne peut plus être abandonné.",
    ),
    "first_day_stays": Words(
        "Le premier jour ne change pas",
        "La convention a déjà commencé. Un avenant garde son premier jour, et peut changer son dernier jour.",
    ),
}
