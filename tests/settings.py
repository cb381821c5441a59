"""Settings of the test run: the real ones, with quick password hashing and a data folder of its own.

Whatever VAXEL_ variables the shell has set for a running installation do not count here.
"""

import os
import tempfile
from pathlib import Path

RUN = "TEST_RUN_OF_VAXEL"
if RUN not in os.environ:
    for name in [name for name in os.environ if name.startswith("VAXEL_")]:
        del os.environ[name]
    os.environ[RUN] = tempfile.mkdtemp(prefix="vaxel-run-")
os.environ["VAXEL_DATA"] = str(Path(os.environ[RUN]) / "data")
os.environ["VAXEL_DEMO"] = "true"
os.environ["VAXEL_SECRET_KEY"] = "only for tests, and as long as a key has to be: " + "x" * 20

from vaxel.project.settings import *  # noqa: E402, F403  # the variables above must be set before

DATABASES["default"]["ENGINE"] = "tests.emptying"  # noqa: F405  # of the settings above
# Each client of a test makes its middleware anew: looking through all static files was a good part of the run.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
