"""Everything of one customer as one file that other programs read (trust 83): docs/export.md describes it.

parts.py      what is in it: every part, with a closed list of columns
writing.py    the file, line by line, with its attachments
"""
