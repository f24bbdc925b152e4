"""Loopback ports for our own servers."""

import socket


def free_ports(count: int) -> list[int]:
    """Return distinct loopback ports that are free now. Another program may still take one before we do: retry."""
    listeners = [socket.socket() for _ in range(count)]
    try:
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        return [int(listener.getsockname()[1]) for listener in listeners]
    finally:
        for listener in listeners:
            listener.close()


def is_free(port: int) -> bool:
    """Tell whether a server of ours could listen on this loopback port now."""
    with socket.socket() as listener:
        # As servers do: connections of the previous run that linger must not make its own port look taken.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
