"""What the rules say to people: sentences as values, with their words in Swedish and English beside each other.

A fault, a finding or a note is a `Sentence`: a code and what is put into its words. The words lie in the files of this
folder, one for each part of the work; `tests/rules/test_sentences.py` holds them to what the code says.
"""

from vaxel.rules.sentences.sentence import Sentence, SentenceError, Value, finished, joined, say

__all__ = ["Sentence", "SentenceError", "Value", "finished", "joined", "say"]
