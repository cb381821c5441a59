"""Settings of the test run: the real ones, with quick password hashing and a data folder of its own."""

import os
import tempfile

os.environ.setdefault("VAXEL_DATA", tempfile.mkdtemp(prefix="vaxel-test-"))
os.environ.setdefault("VAXEL_DEMO", "true")
os.environ.setdefault("VAXEL_SECRET_KEY", "only for tests")

from vaxel.project.settings import *  # noqa: F403  # the variables above must be set before

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
