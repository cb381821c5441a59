"""How somebody signed in: an account that is nobody else's goes with its addresses, keys, links and sessions."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db.models import F

from vaxel.domain.people.models import Account, Session
from vaxel.insight.transfer.people_erasing.identity import Identity


def addresses_of(account: Account) -> set[str]:
    """Everything that the account has signed in by."""
    return {account.email, *EmailAddress.objects.filter(user=account).values_list("email", flat=True)}


def remove_account(account: Account, identity: Identity) -> None:
    """The row stays as a number: entries of the trail name it. Nobody signs in with it any more."""
    for table in (EmailAddress, Authenticator, SocialAccount):
        table.objects.filter(user=account).delete()
    _end_sessions(account, identity)
    account.email, account.name = f"account-{account.pk}@erased.example", identity.alias
    account.language, account.password, account.is_active = "", make_password(None), False
    account.session_generation = F("session_generation") + 1
    changed = ["email", "name", "language", "password", "is_active", "session_generation"]
    account.save(update_fields=changed)


def _end_sessions(account: Account, identity: Identity) -> None:
    """What lies in a session is sealed as a whole, so each is opened: a form may be kept in it, or an address that
    somebody has begun to sign in with.
    """
    theirs = []
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        if str(kept.get(SESSION_KEY)) == str(account.pk) or identity.has_address(str(kept)):
            theirs.append(session.pk)
    Session.objects.filter(pk__in=theirs).delete()
