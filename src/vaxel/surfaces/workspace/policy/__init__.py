"""The desk's policy for its staff: read in words, tried, compared, and by administrators published."""
