"""`python -m tests.contracts.take_snapshots`: record the schema and a sample of each event that is new or has gained something.

What is recorded is never recorded again: what has been published is a promise.
"""

import sys

from deploy.reference.catalogue import collect
from tests.contracts.history import record


def main() -> int:
    """Write what is missing; 1 when an event breaks what was published."""
    refused = False
    for event in collect().events:
        try:
            if record(event):
                sys.stdout.write(f"{event.subject}\n")
        except ValueError as problem:
            refused = True
            sys.stderr.write(f"{event.__name__}: {problem}\n")
    return int(refused)


if __name__ == "__main__":
    sys.exit(main())
