"""Which articles a reader may take out, for statements that read many of them."""

# As `domain/changing_articles.py` and `Clause.leaves_with_amendment` decide; `$2` is the reader's organisation.
MAY_WITHDRAW = """(
    clause.number > 0 AND NOT clause.required
    AND CASE WHEN clause.origin IS NOT NULL AND convention.amends IS NOT NULL THEN NOT current.withdrawn
        ELSE NOT clause.agreed_once AND (
            coalesce(coalesce(clause.added_by, convention.drafted_by) = $2, false)
            OR EXISTS (
                SELECT FROM convention_parties AS gone
                WHERE gone.convention_id = convention.convention_id AND gone.left_on IS NOT NULL
                  AND gone.organization_id = coalesce(clause.added_by, convention.drafted_by)
            )
        ) END
)"""
