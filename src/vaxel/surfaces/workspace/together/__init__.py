"""Tickets that belong together: split, merged, linked."""
