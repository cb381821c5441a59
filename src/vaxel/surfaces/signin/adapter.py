"""Where the sign-in library asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to the account library."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our answers to the second-factor library."""
