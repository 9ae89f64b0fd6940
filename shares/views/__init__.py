"""Pages of the share ledger."""

from .holders import Holder, MyCertificates, MyShares, Settle, Transfer
from .ledger import Allot, CertificatePage, CertificatePdf, Entry, Reverse, ShareRegister, ShareRegisterCsv, Without

__all__ = [
    "Allot",
    "CertificatePage",
    "CertificatePdf",
    "Entry",
    "Holder",
    "MyCertificates",
    "MyShares",
    "Reverse",
    "Settle",
    "ShareRegister",
    "ShareRegisterCsv",
    "Transfer",
    "Without",
]
