"""The real settings; one person may send as fast as the benchmark does."""

from vaxel.project.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "bench.lifted.Lifted"]  # noqa: F405  # from the real settings
