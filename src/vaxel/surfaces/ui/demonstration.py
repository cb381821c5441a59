"""Pages that only a demonstration has, where everybody is invented.

Their addresses exist only with VAXEL_DEMO, which starts on a loopback address alone (see project.environment); and
should a database with real accounts be served in that mode by mistake, they show nobody anything.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404

from vaxel.domain.people.demo import holds_real_accounts


def require_demonstration() -> None:
    """Raises Http404 elsewhere, and PermissionDenied where somebody is not invented. One query."""
    if not settings.DEMO:
        raise Http404
    if holds_real_accounts():
        raise PermissionDenied("This database holds accounts outside .example: VAXEL_DEMO is for invented people only.")
