"""The worker's jobs: a name, ids in, one domain call."""
