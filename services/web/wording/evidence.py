"""The evidence of a signature → words."""

MEANS = {
    "password": "Identité confirmée par mot de passe",
    "second_factor": "Identité confirmée par un second facteur",
}
