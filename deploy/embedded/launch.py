"""Run a program so that it ends when its parent does, and as an unprivileged account when one is given.

Executed as a script (`python -I -S launch.py ...`), never imported: it then replaces itself by the program, so it
costs one short start and no memory. A `preexec_fn` would do the same inside the fork of a process that may have
threads, where it can deadlock.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Arguments: parent's pid, signal at its death, uid and gid ("-" to keep ours), then the command."""
    parent, death_signal, uid, gid, *command = sys.argv[1:]
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    if sys.platform == "linux":
        # After the change of account, because that change clears it.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("The parent ended before the program could start.")
    os.umask(0o077)
    os.execv(command[0], command)


main()
