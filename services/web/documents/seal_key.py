"""The key that seals documents, and its certificate, as an operator gives them: one PEM file.

Read when the service starts, by what Python has in itself: what seals with them is imported with the first document.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from shared.kit.service import Unusable

_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class SealKey:
    """The private key, its certificate, then those that vouch for it, if any, as one PEM text."""

    pem: bytes

    @classmethod
    def load(cls, path: Path) -> "SealKey":
        """Read them from a file.

        Raises:
            Unusable: there is none, it is not readable as such, or the key is not the certificate's.
        """
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path, password=_refuse)
            return cls(path.read_bytes())
        except (OSError, ValueError) as error:
            raise Unusable(
                f"The key that seals documents cannot be read from {path}: {error}. `entente provision` makes one; "
                "ENTENTE_SEAL_FILE names another."
            ) from error

    @property
    def certificate(self) -> bytes:
        """The key's own certificate, in DER."""
        text = self.pem.decode()
        return ssl.PEM_cert_to_DER_cert(text[text.index(_BEGIN) : text.index(_END) + len(_END)])


def _refuse() -> NoReturn:
    # Otherwise a key with a password is asked for at the terminal, where nobody may be.
    raise ValueError("it is protected by a password")
