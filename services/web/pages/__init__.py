"""The pages: one module per subject. Each asks services, composes what its template expects, and shows it."""
