"""Passwords, the address files that services read, and the key that seals documents. All in one folder of mode 0700."""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from deploy.files import private_folder, write_private
from deploy.seal_key import make_seal_key

SEAL = "seal.pem"


class Credentials:
    """The folder `ENTENTE_DATA/credentials`. Deleting it is harmless: the next start makes new passwords, and a new key;
    documents that the former key sealed are still recognised, by the certificate that web remembers.
    """

    def __init__(self, data: Path) -> None:
        self.folder = private_folder(data / "credentials")

    def passwords(self, server: str, names: tuple[str, ...]) -> dict[str, str]:
        """Return a password for each name on this server, made once and kept."""
        path = self.folder / f"{server}.passwords.json"
        known = _read_json(path)
        wanted = {name: known.get(name) or secrets.token_urlsafe(24) for name in names}
        if wanted != known:
            write_private(path, json.dumps(wanted, indent=1) + "\n")
        return wanted

    def write_addresses(self, name: str, addresses: Mapping[str, str]) -> None:
        """Write `<name>.env`, which the service (or an operator's tool) reads its addresses from."""
        text = "".join(f"{key}={value}\n" for key, value in addresses.items())
        path = self.folder / f"{name}.env"
        if not path.exists() or path.read_text() != text:
            write_private(path, text)

    def addresses(self, name: str) -> dict[str, str]:
        """Read `<name>.env` back."""
        lines = (self.folder / f"{name}.env").read_text().splitlines()
        return {key: value for key, _, value in (line.partition("=") for line in lines)}

    def make_seal(self) -> None:
        """Make the key that seals documents, once."""
        path = self.folder / SEAL
        if not path.exists():
            write_private(path, make_seal_key())


def _read_json(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, dict) else {}
