-- depends: 0190_withdrawn_at_version
-- Articles that were taken out count for some readings too, and no index of the others finds them: each convention of a list
-- read all articles of all conventions.

CREATE INDEX clauses_of_convention ON clauses (convention_id);
