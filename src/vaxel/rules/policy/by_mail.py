"""Questions that come by mail: what they are about before anybody has said it, and the clocks until then.

A mail has no form. What its words do not tell is taken as the policy's `[mail]` says, and asked back.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from vaxel.rules.policy.built_in import built_in
from vaxel.rules.policy.compiled import Policy
from vaxel.rules.policy.decision import Reason
from vaxel.rules.policy.rulebook import PolicyFile

REASON: Final = "mail.clock_while_details_missing"


def usual_kind(file: PolicyFile, *, product: str = "") -> str:
    """The kind of a mail whose words tell none: the product's own, else the desk's, else the first in scope.

    Empty when nothing of this fits the product; a policy that the checker let pass has one for every product.
    """
    named = (file.mail.kinds.get(product), file.mail.kind)
    in_scope = (name for name, kind in file.kinds.items() if kind.scope == "in")
    return next((name for name in (*named, *in_scope) if name and _fits(file, name, product)), "")


def _fits(file: PolicyFile, kind: str, product: str) -> bool:
    about = file.kinds[kind].products
    return not product or about is None or product in about


def usual_product(file: PolicyFile, *, kind: str, covered: AbstractSet[str] = frozenset()) -> str:
    """The product of a mail whose words tell none: "" where the kind may be about none, else one it may be about.

    The only one comes first, then the one that `[mail]` names, then the first that the agreement covers.
    """
    about = file.kinds[kind].products or tuple(file.products)
    if len(about) == 1:
        return about[0]
    if file.kinds[kind].without_product:
        return ""
    ours = [name for name in about if name in covered]
    usual = file.mail.product
    if usual in about and (usual in ours or not ours):
        return usual or ""
    return next(iter(ours), about[0])


def clocks_wait(policy: Policy) -> bool:
    """Whether promises stand still while details are missing."""
    return policy.file.mail.clock_while_details_missing == "waits"


def reason_while_missing(policy: Policy) -> Reason | None:
    """What the asker reads about the time until the details are there; None where it simply runs."""
    if policy.file.mail.because is not None:
        return Reason(REASON, policy.file.mail.because.per_language(policy.languages))
    return built_in("clock-waits-for-details", policy.languages) if clocks_wait(policy) else None
