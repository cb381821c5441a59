"""A manual as a folder of Markdown files, so that a vendor can keep it in git: in and out, again and again.

article_file (one file) -> folder (all of them, read and checked) -> importing (through the manual's doors)
                                                                 exporting -> folder
"""
