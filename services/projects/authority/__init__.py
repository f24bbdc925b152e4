"""Who may act for which side, as told by contacts: ids only."""
