"""The pages and the REST API; owns accounts and sign-in, and no rule of the partnership."""
