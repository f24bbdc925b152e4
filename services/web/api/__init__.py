"""REST v1: every command and query of people as resources, for others' front ends and scripts."""
