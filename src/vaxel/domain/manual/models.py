"""The manual: a tree of articles, their texts per language, and every version that was ever saved.

An article is one thing in all its languages: its place in the tree, its product and its readers. A text is the
article in one language; it points at the version that readers see and at the draft that editors work on. Versions
are never changed. What readers may see goes through `ArticleText.readable`, which takes a reader and nothing else.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from vaxel.domain.manual.audience import Audience, ManualReader
from vaxel.kit.tenancy import ScopedManager


class Manual(models.Model):
    """A desk's manual as a whole. Without a row a desk has none, and nothing is open to anybody."""

    desk = models.OneToOneField("desks.Desk", on_delete=models.PROTECT, primary_key=True, related_name="manual")
    #: Whether people who have not signed in may read what is for everyone.
    is_public = models.BooleanField(default=False)
    #: Words that mean the same to a search, by language: {"sv": [["lösenord", "passord"], …]}.
    synonyms = models.JSONField(default=dict)
    #: Grows with each change that readers can see: whatever is kept of the manual is kept by this number.
    revision = models.PositiveIntegerField(default=0)

    objects = ScopedManager["Manual"](organisation="")
    unscoped = models.Manager["Manual"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"

    def __str__(self) -> str:
        return f"manual of {self.desk_id}"


class Article(models.Model):
    """A place in the tree. One that others stand under is a section; it may have words of its own."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=100)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    #: Ids of the articles above, from the top: the way here without walking it.
    lineage = ArrayField(models.BigIntegerField(), default=list)
    position = models.PositiveIntegerField(default=0)
    #: A product of the policy; empty for all of them.
    product = models.CharField(max_length=60, blank=True)
    #: What the editor chose; empty to have the parent's.
    own_audience = models.CharField(max_length=10, choices=Audience.choices, blank=True)
    #: Who may read: never wider than the parent's. Worked out by the door that places the article.
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    #: Versions of the product that it is true of, the last one included; empty for no limit.
    since_version = models.CharField(max_length=20, blank=True)
    until_version = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    #: Taken out of the manual; its history stays.
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Article"](organisation="")
    unscoped = models.Manager["Article"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "slug"], name="article_slug_once_per_desk")]
        indexes: ClassVar = [models.Index(fields=["desk", "parent", "position"], name="article_in_order")]

    def __str__(self) -> str:
        return self.slug


class ArticleVersion(models.Model):
    """What was saved, as it was written and as it is shown; never changed and never removed."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    language = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    #: One or two sentences for lists and search engines.
    summary = models.CharField(max_length=400, blank=True)
    #: Words that people search by and that the text does not hold.
    keywords = ArrayField(models.CharField(max_length=60), default=list)
    #: The source of everything below: see `body.render`.
    markdown = models.TextField()
    html = models.TextField()
    #: Headings as [level, anchor, words].
    contents = models.JSONField(default=list)
    text = models.TextField()
    #: The pictures, by the path that the Markdown names them with: digest of the content.
    pictures = models.JSONField(default=dict)
    #: The digests alone: who may read the text may see these.
    shows = ArrayField(models.CharField(max_length=64), default=list)
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    note = models.CharField(max_length=400, blank=True)

    objects = ScopedManager["ArticleVersion"](organisation="")
    unscoped = models.Manager["ArticleVersion"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="article_version_once")
        ]
        indexes: ClassVar = [GinIndex(fields=["shows"], name="article_version_shows")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language} {self.number})"


class ReadableManager(models.Manager["ArticleText"]):
    """Published texts, for a reader: the only way from a reader's page to the manual."""

    def by(self, reader: ManualReader) -> models.QuerySet["ArticleText"]:
        """What this reader may read; the draft of no text is among it."""
        return super().get_queryset().filter(reader.articles, desk=reader.desk_id, live__isnull=False)


class ArticleText(models.Model):
    """An article in one language: what readers see, and what editors are working on."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=5)
    live = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    draft = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: When the draft is to be published by itself.
    publish_at = models.DateTimeField(null=True, blank=True)
    #: The main language has moved on since this text was written.
    is_behind = models.BooleanField(default=False)
    #: The live version for search: title A, keywords and headings B, summary C, text D.
    words = SearchVectorField(null=True)

    objects = ScopedManager["ArticleText"](organisation="")
    readable = ReadableManager()
    unscoped = models.Manager["ArticleText"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "language"], name="article_text_once_per_language"),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(draft__isnull=False), name="article_text_plans_a_draft"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="article_words"),
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="article_text_planned"),
            models.Index(fields=["desk", "language"], condition=Q(live__isnull=False), name="article_text_live"),
            models.Index(
                F("desk"),
                F("language"),
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(live__isnull=False),
                name="article_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} in {self.language}"


class UnsavedWords(models.Model):
    """What one of the staff has typed in a text's form and not saved yet: theirs alone, and gone once it is saved.

    Without an article they are those of a new one, which is not made yet.
    """

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: The id of the answer that a new article is made from.
    reply = models.BigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=5)
    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+")
    #: The version that the writing began with, 0 for none.
    based_on = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    keywords = ArrayField(models.CharField(max_length=60), default=list)
    markdown = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    objects = ScopedManager["UnsavedWords"](organisation="")
    unscoped = models.Manager["UnsavedWords"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "language", "staff"], name="unsaved_words_once_each"),
            models.UniqueConstraint(
                fields=["desk", "staff"], condition=Q(article=None), name="unsaved_words_one_new_article"
            ),
        ]

    def __str__(self) -> str:
        return f"unsaved words {self.pk}"


class Picture(models.Model):
    """A picture or short film of the manual, stored once per desk and content."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    content_type = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    objects = ScopedManager["Picture"](organisation="")
    unscoped = models.Manager["Picture"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "sha256"], name="picture_once_per_desk")]

    def __str__(self) -> str:
        return self.sha256


class Verdict(models.Model):
    """Somebody's answer to "was this helpful?", about the version that they read."""

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="verdicts")
    helpful = models.BooleanField()
    #: What was missing, in the reader's words.
    words = models.CharField(max_length=1000, blank=True)
    #: None for somebody who has not signed in.
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    objects = ScopedManager["Verdict"](organisation="")
    unscoped = models.Manager["Verdict"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "account_id"],
                condition=Q(account_id__isnull=False),
                name="one_verdict_per_account_and_version",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["desk", "-at"], name="verdict_newest")]

    def __str__(self) -> str:
        return "helpful" if self.helpful else "not helpful"
