"""What a convention in force promises, as dated obligations: kept, due or missed, in the words of each party."""
