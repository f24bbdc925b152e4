"""Run a program so that it ends when its parent does, and as an unprivileged account when one is given.

Executed as a script (`python -I -S launch.py ...`), it replaces itself by the program: one short start, no memory. A
`preexec_fn` would do the same inside the fork of a process that may have threads, where it can deadlock.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent(death_signal: int, parent: int) -> None:
    """Ask the kernel to send us the signal when our parent ends, even killed. Only Linux can do it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit("The parent ended before the program could start.")


def main() -> None:
    """Arguments: parent's pid, signal at its death, uid and gid ("-" to keep ours), then the command."""
    parent, death_signal, uid, gid, *command = sys.argv[1:]
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    # After the change of account, which clears it.
    end_with_parent(int(death_signal), int(parent))
    os.umask(0o077)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
