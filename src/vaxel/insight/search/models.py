"""What search keeps besides the texts themselves: the words of each desk's manual, and the words of each ticket."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from vaxel.kit.tenancy import ScopedManager


class Lexicon(models.Model):
    """Which revision of a desk's manual its words were learnt from."""

    desk = models.OneToOneField("desks.Desk", on_delete=models.CASCADE, primary_key=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    objects = ScopedManager["Lexicon"](organisation="")
    unscoped = models.Manager["Lexicon"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"lexicon of {self.desk_id}"


class Word(models.Model):
    """A word of a desk's manual in one language, as it stands there but for capitals."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    word = models.CharField(max_length=80)
    #: What PostgreSQL makes of it, and stores for search.
    stem = models.CharField(max_length=80)
    #: What its forms have in common where the stemmer keeps them apart: see `words.root`.
    root = models.CharField(max_length=80)
    #: The roots of what a compound is made of: "rapportmall" has "rapport" and "mall".
    parts = ArrayField(models.CharField(max_length=80), default=list)
    #: Pieces of three letters, by which a misspelt word finds its neighbours.
    pieces = ArrayField(models.CharField(max_length=3), default=list)
    #: In how many articles for everyone it stands; a word of none is in articles for fewer people.
    articles = models.PositiveIntegerField()

    objects = ScopedManager["Word"](organisation="")
    unscoped = models.Manager["Word"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "language", "word"], name="word_once_per_desk_and_language")
        ]
        indexes: ClassVar = [
            models.Index(fields=["desk", "language", "root"], name="word_by_root"),
            GinIndex(fields=["parts"], name="word_by_parts"),
            GinIndex(fields=["pieces"], name="word_by_pieces"),
        ]

    def __str__(self) -> str:
        return self.word


class TicketWords(models.Model):
    """A ticket's subject and messages for search; notes are not among them (trust 44).

    Kept by triggers of the database (migration 0002), so that new words are found in the transaction that wrote
    them, whoever wrote: a door, an import, a bulk copy.
    """

    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = SearchVectorField()

    objects = ScopedManager["TicketWords"](desk="ticket__desk_id", organisation="ticket__organisation_id")
    unscoped = models.Manager["TicketWords"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        #: The shortest list of what is not sorted in yet that there can be (kB): every search reads all of it. When it
        #: was eight times as long, finding a rare word in the index took milliseconds instead of less than one.
        indexes: ClassVar = [GinIndex(fields=["words"], gin_pending_list_limit=64, name="ticket_words")]

    def __str__(self) -> str:
        return f"words of {self.ticket_id}"
