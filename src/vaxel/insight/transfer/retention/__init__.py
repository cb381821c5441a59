"""What a desk does not keep any longer goes by night (trust 82).

due.py            what is old enough, and held by nobody
carrying_out.py   letting it go, in small batches
"""
