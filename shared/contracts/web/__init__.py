"""What web promises: it owns accounts and sign-in, hence the secret links that open them."""
