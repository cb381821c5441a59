"""The forms of sign-in: the library's, with our words."""
