"""Makes the databases and roles of the topology true on a PostgreSQL server. Running it again changes nothing."""

from collections.abc import Mapping

import psycopg
from psycopg import Connection, sql
from psycopg.rows import TupleRow

from deploy.errors import StartFailure
from deploy.topology import DATABASES, FOLLOWERS, SERVICE_GROUP, Database

# A service that hangs in the middle of its work must not hold locks for ever, nor a query the whole machine.
_ROLE_SETTINGS = {
    "statement_timeout": "30s",
    # Shorter than a service waits for PostgreSQL: whoever waits for a rebuild is told so, and its connection lives.
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
}


def role_names() -> tuple[str, ...]:
    """List every role that has a password."""
    return tuple(name for database in DATABASES for name in (database.owner, database.role))


def provision_databases(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Create what is missing and set the passwords, the rights and the limits of every role."""
    try:
        with psycopg.connect(admin_url, autocommit=True, connect_timeout=10) as admin:
            with admin.transaction():
                if _missing(admin, "SELECT FROM pg_roles WHERE rolname = %s", SERVICE_GROUP):
                    admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(SERVICE_GROUP)))
                for database in DATABASES:
                    _ensure_role(admin, database.owner, passwords[database.owner])
                    _ensure_role(admin, database.role, passwords[database.role])
                    _limit_service(admin, database.role)
            for database in DATABASES:
                _ensure_database(admin, database)
                grant_connection(admin, database.name, database)
            _close_to_everybody(admin, "postgres", "template1")
    except psycopg.Error as error:
        raise StartFailure(
            f"PostgreSQL refused the preparation of the databases: {str(error).strip()}"
        ) from error


def grant_connection(admin: Connection[TupleRow], name: str, database: Database) -> None:
    """Open one database to its owner and to its service, and to nobody else.

    Whoever follows events makes its projections again in temporary tables, which end with their session.
    """
    rights = "CONNECT, TEMPORARY" if database.service in FOLLOWERS else "CONNECT"
    admin.execute(
        sql.SQL(
            "REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {owner};"
            "GRANT {rights} ON DATABASE {name} TO {role}"
        ).format(
            name=sql.Identifier(name),
            owner=sql.Identifier(database.owner),
            rights=sql.SQL(rights),
            role=sql.Identifier(database.role),
        )
    )


def _ensure_role(admin: Connection[TupleRow], role: str, password: str) -> None:
    if _missing(admin, "SELECT FROM pg_roles WHERE rolname = %s", role):
        admin.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        # An administrator without superuser rights (managed servers) may give databases only to a role that it can become.
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    # Only the hash travels, so that no log of statements ever holds the password.
    secret = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    admin.execute(
        sql.SQL("ALTER ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(secret)
        )
    )


def _limit_service(admin: Connection[TupleRow], role: str) -> None:
    admin.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(SERVICE_GROUP), sql.Identifier(role)))
    for setting, value in _ROLE_SETTINGS.items():
        admin.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(role), sql.Identifier(setting), sql.Literal(value)
            )
        )


def _ensure_database(admin: Connection[TupleRow], database: Database) -> None:
    if _missing(admin, "SELECT FROM pg_database WHERE datname = %s", database.name):
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(database.name), sql.Identifier(database.owner)
            )
        )


def _close_to_everybody(admin: Connection[TupleRow], *databases: str) -> None:
    """A role of ours has nothing to do in the databases that every server has."""
    for name in databases:
        admin.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def _missing(admin: Connection[TupleRow], question: str, name: str) -> bool:
    return admin.execute(question.encode(), (name,)).fetchone() is None
