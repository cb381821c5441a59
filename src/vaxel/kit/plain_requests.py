"""`requests` without its guesses at character sets, which take 1 MB and 50 ms of each process.

It is loaded in every one, because allauth names it. All that we ask for is JSON, whose character set is known.
"""

import warnings
from importlib import import_module

from vaxel.kit.later import as_if_missing


def load_requests() -> None:
    """Before anything else imports it: it looks for its parts once, and warns when it does not find this one."""
    with warnings.catch_warnings(), as_if_missing("charset_normalizer"):
        warnings.simplefilter("ignore")
        import_module("requests")
