"""Asking a question, whatever surface it is asked in: answers, the form of a kind, what is wrong, the last look."""
