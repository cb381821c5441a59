"""The whole installation in one file, and back: database, attachments, the key that signs.

archive.py    the file: a tar whose members have fixed names, and the manifest that ends it
manifest.py   what a backup says of itself
programs.py   PostgreSQL's own pg_dump, pg_restore and psql, in a version that fits the server
backup.py     write one while everything runs
restore.py    check one, then put it in place; an interrupted restore has changed nothing that counts
"""
