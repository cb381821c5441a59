"""What `[mail]` says about kinds and products: they exist, go together, and no mail is left without a kind."""

from collections.abc import Iterable
from typing import Final

from vaxel.rules.policy.by_mail import usual_kind
from vaxel.rules.policy.faults import FaultList, Path
from vaxel.rules.policy.rulebook import PolicyFile
from vaxel.rules.sentences import Sentence, say

_CHANNEL: Final = "mail"


def check_mail(file: PolicyFile, faults: FaultList) -> None:
    """Collect the faults of the section, and that a desk which takes mail has none where it needs one."""
    mail = file.mail
    if _CHANNEL not in file.desk.channels:
        if mail.model_fields_set:
            faults.add(("mail",), say("mail.no-channel"), allowed=file.desk.channels)
        return
    _check_kind(file, mail.kind, ("mail", "kind"), faults)
    for product, kind in mail.kinds.items():
        _check_named(product, file.products, ("mail", "kinds", product), say("known.product"), faults)
        _check_kind(file, kind, ("mail", "kinds", product), faults, product=product)
    if mail.product is not None:
        _check_named(mail.product, file.products, ("mail", "product"), say("known.product"), faults)
    if not faults and not usual_kind(file):
        faults.add(("mail",), say("mail.no-kind"), allowed=file.kinds)


def _check_kind(file: PolicyFile, kind: str | None, path: Path, faults: FaultList, *, product: str = "") -> None:
    if kind is None:
        return
    _check_named(kind, file.kinds, path, say("known.kind"), faults)
    about = file.kinds[kind].products if kind in file.kinds else None
    if product in file.products and about is not None and product not in about:
        faults.add(path, say("mail.never-about", kind=kind, product=product), allowed=about)


def _check_named(name: str, known: Iterable[str], path: Path, what: Sentence, faults: FaultList) -> None:
    if name not in known:
        faults.add_unknown(path, name, what, allowed=known)
