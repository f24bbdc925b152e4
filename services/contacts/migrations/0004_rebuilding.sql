-- depends: 0003_people_and_mandates
-- The service makes its projection again: it may then remove what no event has told, and correct the rest.

GRANT UPDATE, DELETE ON party TO entente_service;
