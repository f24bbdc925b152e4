"""The seal of this installation on a PDF: PAdES B-B (ETSI EN 319 142-1), by a key and a certificate of its own.

It proves where the file comes from and that no byte of it was changed. It is no signature of a party, and without a
certificate of a qualified provider no qualified seal: the document says so.
"""

import io
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from typing_extensions import override

_FIELD = "cachet-entente"
_METADATA = PdfSignatureMetadata(
    field_name=_FIELD,
    md_algorithm="sha256",
    subfilter=SigSeedSubFilter.PADES,
    reason="Cachet de la plateforme Entente sur le document et son empreinte",
)


class DocumentSeal:
    """Seals documents with a key that this process holds."""

    def __init__(self, key_and_certificates: bytes) -> None:
        """Take one PEM text: the private key, its certificate, then those that vouch for it, if any."""
        own, *others = load_certs_from_pemder_data(key_and_certificates)
        store = SimpleCertificateStore()
        store.register_multiple(others)
        key = load_private_key_from_pemder_data(key_and_certificates, passphrase=None)
        self._signer = _Signer(own, key, store, load_pem_private_key(key_and_certificates, password=None))

    def apply(self, pdf: bytes) -> bytes:
        """The document with the seal at its end. Takes a few milliseconds; not to be called in an event loop."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        page = writer.root["/Pages"]["/Kids"].raw_get(0).get_object()
        # PDF/UA-1, 7.18.3: a page with an annotation, and a field is one, follows the structure of the text.
        page["/Tabs"] = NameObject("/S")
        writer.update_container(page)
        # Nothing to see and nothing to read: hidden, so that assistive technology passes over it.
        field = SigFieldSpec(
            _FIELD,
            invis_sig_settings=InvisSigSettings(set_hidden_flag=True),
            readable_field_name="Cachet électronique de la plateforme",
        )
        sealed = PdfSigner(_METADATA, self._signer, new_field_spec=field).sign_pdf(writer)
        return sealed.getvalue()


class _Signer(SimpleSigner):
    """pyHanko reads the key again for each signature, twice, and each time its primes are proved: half a second."""

    def __init__(self, certificate: Any, key: Any, store: SimpleCertificateStore, kept: Any) -> None:
        """`kept` is the key as cryptography has read it."""
        super().__init__(certificate, key, store)
        self._kept = kept

    @override
    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if not isinstance(self._kept, RSAPrivateKey) or digest_algorithm != _METADATA.md_algorithm:
            return await super().async_sign_raw(data, digest_algorithm, dry_run)
        if dry_run:
            return bytes(self._kept.key_size // 8)
        return self._kept.sign(data, PKCS1v15(), SHA256())
