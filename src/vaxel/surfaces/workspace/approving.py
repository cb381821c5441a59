"""Who may say yes to costs at a customer, and whether an offer reaches them (A14)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vaxel.domain.notices.blocking import with_blocked
from vaxel.domain.smalljobs.offers import may_approve


@dataclass(frozen=True, slots=True)
class Approving:
    """`names` may say yes; `trouble` tells why an offer may wait for ever, and is empty where every mail arrives."""

    names: str
    trouble: str
    #: Not one of them gets the mail.
    reaches_nobody: bool


def approving(organisation_id: int) -> Approving:
    """One query."""
    people = with_blocked(may_approve(organisation_id=organisation_id))
    if not people:
        trouble = _("Nobody at the customer may say yes to costs. Ask them who shall: no work begins without a yes.")
        return Approving(names="", trouble=trouble, reaches_nobody=True)
    unheard = [each for each, is_blocked in people if is_blocked]
    names = ", ".join(each.name for each, _is_blocked in people)
    if not unheard:
        return Approving(names=names, trouble="", reaches_nobody=False)
    return Approving(
        names=names,
        trouble=_trouble(
            ", ".join(f"{each.name} ({each.email})" for each in unheard), all_of_them=len(unheard) == len(people)
        ),
        reaches_nobody=len(unheard) == len(people),
    )


def _trouble(who: str, *, all_of_them: bool) -> str:
    if all_of_them:
        said = _(
            "The offer reaches nobody who may say yes: mails to %(names)s come back, so none are sent. Call, and ask "
            "for an address that works. Whoever signs in finds the offer all the same."
        )
    else:
        said = _("The offer does not reach %(names)s: mails there come back, so none are sent.")
    return said % {"names": who}
