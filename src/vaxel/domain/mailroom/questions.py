"""A mail as a question: what it is about, as far as its words tell, and who asks."""

from typing import Final

from vaxel.domain.mailroom.attaching import pictures_among
from vaxel.domain.mailroom.models import Mailbox
from vaxel.domain.tickets.question import Question
from vaxel.kit.mail import Mail
from vaxel.rules.policy import Policy
from vaxel.rules.policy.by_mail import usual_kind, usual_product
from vaxel.rules.policy.evidence import sure_kind
from vaxel.rules.policy.suggest import named_products

CHANNEL: Final = "mail"
_LONGEST_SUBJECT_OF_WORDS: Final = 100


def question_of(
    mail: Mail, *, mailbox: Mailbox, policy: Policy, covered: frozenset[str], language: str, nothing: str, let_in: bool
) -> Question:
    """The question in the mail. `covered` are the products of the asker's agreements; `nothing` is the subject of a
    mail that has neither subject nor words; `let_in` tells that one of the staff made it this asker's question. What
    the words do not tell is guessed, and asked back.
    """
    words = f"{mail.subject}\n{mail.text}"
    kind, kind_guessed = _kind(words, mailbox=mailbox, policy=policy, language=language)
    product, product_guessed = _product(
        words, kind=kind, mailbox=mailbox, policy=policy, covered=covered, language=language
    )
    guessed = {name for name, is_guess in (("kind", kind_guessed), ("product", product_guessed)) if is_guess}
    return Question(
        kind=kind,
        product=product,
        channel=CHANNEL,
        subject=mail.subject.strip() or _first_words(mail.text) or nothing,
        text=mail.text.strip() or mail.quoted.strip(),
        language=language,
        guessed=frozenset(guessed),
        pictures=pictures_among(mail.attachments),
        header_id=mail.message_id,
        quoted=mail.quoted,
        let_in=let_in,
    )


def _kind(words: str, *, mailbox: Mailbox, policy: Policy, language: str) -> tuple[str, bool]:
    """What the words tell beyond doubt, else the mailbox's own or the policy's usual one, as a guess."""
    if sure := sure_kind(words, policy=policy, language=language):
        return sure, False
    if mailbox.default_kind in policy.file.kinds:
        return mailbox.default_kind, True
    return usual_kind(policy.file, product=_known(mailbox.default_product, policy)), True


def _product(
    words: str, *, kind: str, mailbox: Mailbox, policy: Policy, covered: frozenset[str], language: str
) -> tuple[str, bool]:
    """The one that the words name, or the only one that it can be; else the mailbox's own or the usual one,
    as a guess.
    """
    about = policy.file.kinds[kind].products or tuple(policy.file.products)
    named = [name for name in named_products(words, policy=policy, language=language) if name in about]
    if len(named) == 1:
        return named[0], False
    ours = [name for name in about if name in covered]
    if len(ours) == 1:
        return ours[0], False
    default = _known(mailbox.default_product, policy)
    return (default if default in about else usual_product(policy.file, kind=kind, covered=covered)), True


def _known(product: str, policy: Policy) -> str:
    return product if product in policy.file.products else ""


def _first_words(text: str) -> str:
    """The first line that says something, cut at a word."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= _LONGEST_SUBJECT_OF_WORDS:
        return line
    return line[: _LONGEST_SUBJECT_OF_WORDS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
