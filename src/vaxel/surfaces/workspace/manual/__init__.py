"""Writing the desk's manual."""
