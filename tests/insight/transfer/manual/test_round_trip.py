"""Folder to manual to folder: the same again; and nothing outside of the folder is read or written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as world
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk
from vaxel.domain.manual.models import Article, ArticleText, ArticleVersion, Manual
from vaxel.domain.manual.writing import ArticleWords, publish, save_draft
from vaxel.insight.transfer.manual.article_file import Front, read_article_file, write_article_file
from vaxel.insight.transfer.manual.exporting import ExportRefusedError, export_manual
from vaxel.insight.transfer.manual.folder import FolderFaultsError
from vaxel.insight.transfer.manual.importing import Imported, import_manual

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
FILES = {
    "manual.yaml": "public: true\nsynonyms:\n  sv:\n  - [lösenord, passord]\n",
    "start.sv.md": "---\ntitle: Börja här\nposition: 1\n---\n\nSe [mallar](rapporter/mallar.sv.md#steg).\n",
    "rapporter/index.sv.md": "---\ntitle: Rapporter\naudience: customers\n---\n",
    "rapporter/index.en.md": "---\ntitle: Reports\nbehind: true\n---\n",
    "rapporter/mallar.sv.md": (
        "---\ntitle: 'Ja: mallar'\nsummary: Om mallar.\nkeywords:\n  - form\nproduct: suite\nsince: '8.10'\n---\n\n"
        "## Steg\n\n![Ruta](../bilder/ruta.png)\n"
    ),
    "rapporter/nytt.sv.md": "---\ntitle: Nytt\nstate: draft\npublish_at: '2026-12-01T08:00:00+00:00'\n---\n\nSnart.\n",
}


@pytest.fixture
def desk(db: None) -> Desk:
    return world.make_desk()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "manual"
    for name, text in FILES.items():
        put(root, name, text.encode())
    put(root, "bilder/ruta.png", PNG)
    return root


def put(root: Path, name: str, content: bytes) -> None:
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def bring(root: Path, desk: Desk, *, prune: bool = False) -> Imported:
    return import_manual(root, desk=desk, by=SYSTEM, now=world.NOW, prune=prune)


def faults(root: Path, desk: Desk) -> list[str]:
    with pytest.raises(FolderFaultsError) as raised:
        bring(root, desk)
    assert not Manual.unscoped.exists()
    return [str(fault) for fault in raised.value.faults]


def test_folder_comes_back_byte_for_byte(desk: Desk, folder: Path, tmp_path: Path) -> None:
    bring(folder, desk)
    export_manual(tmp_path / "out", desk=desk)
    assert contents(tmp_path / "out") == contents(folder)


def test_import_makes_the_tree_and_publishes_what_is_no_draft(desk: Desk, folder: Path) -> None:
    imported = bring(folder, desk)
    assert (len(imported.made), imported.changed, imported.unchanged) == (5, [], 0)
    assert dict(Article.unscoped.values_list("slug", "parent__slug")) == {
        "start": None,
        "rapporter": None,
        "mallar": "rapporter",
        "nytt": "rapporter",
    }
    assert Article.unscoped.get(slug="mallar").audience == "customers"
    assert set(ArticleText.unscoped.filter(live=None).values_list("article__slug", flat=True)) == {"nytt"}


def test_import_again_changes_nothing(desk: Desk, folder: Path) -> None:
    bring(folder, desk)
    revision, versions = Manual.unscoped.get().revision, ArticleVersion.unscoped.count()
    again = bring(folder, desk)
    assert (again.made, again.changed, again.unchanged) == ([], [], 5)
    assert (Manual.unscoped.get().revision, ArticleVersion.unscoped.count()) == (revision, versions)


def test_import_leaves_what_the_folder_does_not_have_until_it_is_asked(desk: Desk, folder: Path) -> None:
    bring(folder, desk)
    (folder / "start.sv.md").unlink()
    left = bring(folder, desk)
    pruned = bring(folder, desk, prune=True)
    assert (left.only_here, left.archived) == (["start"], [])
    assert (pruned.only_here, pruned.archived) == ([], ["start"])
    assert Article.unscoped.get(slug="start").archived_at == world.NOW


def test_import_leaves_an_editors_draft_alone(desk: Desk, folder: Path) -> None:
    bring(folder, desk)
    article = Article.unscoped.get(slug="start")
    save_draft(article=article, language="sv", words=ArticleWords(title="Ny", markdown="Ny"), by=SYSTEM, now=world.NOW)
    assert bring(folder, desk).unchanged == 5
    text = ArticleText.unscoped.select_related("draft", "live").get(article=article)
    assert (text.draft and text.draft.title, text.live and text.live.title) == ("Ny", "Börja här")


def test_import_marks_the_other_language_when_one_moves_on(desk: Desk, folder: Path, tmp_path: Path) -> None:
    bring(folder, desk)
    put(folder, "start.en.md", b"---\ntitle: Begin here\n---\n\nText.\n")
    bring(folder, desk)
    put(folder, "start.sv.md", FILES["start.sv.md"].replace("Se ", "Läs ").encode())
    bring(folder, desk)
    export_manual(tmp_path / "out", desk=desk)
    behind = contents(tmp_path / "out")["start.en.md"].decode()
    assert behind == "---\ntitle: Begin here\nbehind: true\n---\n\nText.\n"
    bring(folder, desk)
    put(folder, "start.en.md", b"---\ntitle: Begin here\n---\n\nNew text.\n")
    bring(folder, desk)
    assert ArticleText.unscoped.get(article__slug="start", language="en").is_behind is False


def test_export_leaves_other_files_and_old_articles_until_it_is_asked(desk: Desk, folder: Path) -> None:
    bring(folder, desk)
    put(folder, "old.sv.md", b"old")
    put(folder, "README.md", b"ours")
    kept = export_manual(folder, desk=desk)
    pruned = export_manual(folder, desk=desk, prune=True)
    assert (kept.written, kept.unchanged, kept.only_there) == ([], 7, ["old.sv.md"])
    assert pruned.removed == ["old.sv.md"]
    assert (folder / "README.md").exists()


LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    title=LINES.filter(lambda text: text.strip()),
    summary=LINES,
    keywords=st.lists(LINES.filter(lambda text: text.strip()), max_size=3),
    lines=st.lists(LINES, max_size=8),
)
def test_whatever_is_written_comes_back_the_same_the_second_time(
    desk: Desk, tmp_path: Path, title: str, summary: str, keywords: list[str], lines: list[str]
) -> None:
    """Export, import, export: byte for byte, for anything that an editor could have saved."""
    begin(desk)
    article = Article.unscoped.get(desk=desk, slug="a")
    words = ArticleWords(title=title, summary=summary, keywords=tuple(keywords), markdown="\n".join(lines))
    version = save_draft(article=article, language="sv", words=words, by=SYSTEM, now=world.NOW)
    if ArticleText.unscoped.get(article=article).draft_id is not None:
        publish(article=article, language="sv", by=SYSTEM, now=world.NOW)
    export_manual(tmp_path / "one", desk=desk)
    front, markdown, _ = read_article_file((tmp_path / "one/a.sv.md").read_bytes().decode())
    assert (front.title, front.summary, front.keywords) == (version.title, version.summary, tuple(version.keywords))
    assert write_article_file(front, markdown).encode() == (tmp_path / "one/a.sv.md").read_bytes()
    assert markdown == version.markdown


def begin(desk: Desk) -> None:
    if not Article.unscoped.filter(desk=desk).exists():
        Manual.unscoped.create(desk=desk)
        Article.unscoped.create(desk=desk, slug="a", created_at=world.NOW)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "x.sv.md",
            "Utan huvud",
            "x.sv.md:1: The file begins with front matter between two lines of ---: at least a title.",
        ),
        ("x.sv.md", "---\ntitel: A\n---\n", "x.sv.md:2: title: Field required."),
        ("x.sv.md", "---\ntitle: A\naudience: alla\n---\n", "x.sv.md:3: audience: "),
        ("x.sv.md", "---\ntitle: [A\n---\n", "x.sv.md:2: This is no YAML: "),
        ("x.sv.md", "---\ntitle: A\nposition: fem\n---\n", "x.sv.md:3: position: is a whole number."),
        ("x.sv.md", "---\ntitle: A\nproduct: sviten\n---\n", 'x.sv.md: product: "sviten" is no product of the desk.'),
        ("x.en.md", "---\ntitle: A\n---\n", "x.en.md: The article is missing in sv, the desk's main language."),
        ("x.fi.md", "---\ntitle: A\n---\n", 'x.fi.md: "fi" is no language of the desk. Allowed: sv, en.'),
        (
            "start.en.md",
            "---\ntitle: A\nposition: 2\n---\n",
            "start.en.md: position: This is the same in all languages",
        ),
        ("x.md", "---\ntitle: A\n---\n", "x.md: The name says which article and language it is"),
        ("search.sv.md", "---\ntitle: A\n---\n", 'search.sv.md: "search" cannot be an address'),
        ("ny/x.sv.md", "---\ntitle: A\n---\n", "ny/x.sv.md: Its folder needs the section's own file: ny/index.sv.md."),
        ("x/start.sv.md", "---\ntitle: A\n---\n", "x/start.sv.md: start.sv.md is the same article"),
        (
            "x.sv.md",
            "---\ntitle: A\nsince: 8.10\nuntil: 8.9\n---\n",
            "x.sv.md: until: The last version comes before 8.10, the first one.",
        ),
        ("x.sv.md", "---\ntitle: A\n---\n\nEtt\n\n[b](b.sv.md)\n", "x.sv.md: The link b.sv.md leads to no article."),
        (
            "x.sv.md",
            "---\ntitle: A\n---\n\n# Ett\n\n[b](#ett) [c](#tre)\n",
            "x.sv.md: The link #tre leads to no heading of the text.",
        ),
        ("x.sv.md", "---\ntitle: A\n---\n\nHej ⟦namn⟧!\n", "x.sv.md: Write something else where ⟦namn⟧ stands"),
        ("x.sv.md", "---\ntitle: Hos ⟦namn⟧\n---\n", "x.sv.md: Write something else where ⟦namn⟧ stands"),
        (
            "x.sv.md",
            "---\ntitle: A\nstate: draft\npublish_at: 2099-12-01T08:00:00+01:00\n---\n\n⟦namn⟧\n",
            "x.sv.md: Write something else where ⟦namn⟧ stands",
        ),
        ("x.sv.md", "---\ntitle: A\n---\n\nEtt\n\n![b](b.png)\n", "x.sv.md:7: There is no file b.png."),
        ("x.sv.md", "---\ntitle: A\n---\n\n![b](manual.png)\n", "x.sv.md:5: There is no file manual.png."),
    ],
)
def test_faults_are_told_with_file_and_line(desk: Desk, folder: Path, name: str, text: str, told: str) -> None:
    put(folder, name, text.encode())
    assert any(fault.startswith(told) for fault in faults(folder, desk)), faults(folder, desk)


def test_t40_nothing_outside_of_the_folder_is_read(desk: Desk, folder: Path, tmp_path: Path) -> None:
    put(tmp_path, "secret.png", PNG)
    put(tmp_path, "secret.sv.md", b"---\ntitle: Secret\n---\n")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "hemlig.sv.md").symlink_to(tmp_path / "secret.sv.md")
    (folder / "mapp").symlink_to(tmp_path)
    put(folder, "x.sv.md", b"---\ntitle: A\n---\n\n![a](../secret.png)\n![a](link.png)\n![a](mapp/secret.png)\n")
    assert faults(folder, desk) == [
        "hemlig.sv.md: hemlig.sv.md is a link to another place: links are not followed.",
        "x.sv.md:5: The picture ../secret.png lies outside of the folder.",
        "x.sv.md:5: link.png is a link to another place: links are not followed.",
        "x.sv.md:5: mapp/secret.png is a link to another place: links are not followed.",
    ]


def test_t40_nothing_is_written_through_a_link(desk: Desk, folder: Path, tmp_path: Path) -> None:
    bring(folder, desk)
    for name in ("file", "folder"):
        root, outside = tmp_path / name, tmp_path / f"outside-{name}"
        outside.mkdir()
        root.mkdir()
        if name == "file":
            (root / "start.sv.md").symlink_to(outside / "start.sv.md")
        else:
            (root / "rapporter").symlink_to(outside)
        with pytest.raises(ExportRefusedError):
            export_manual(root, desk=desk)
        assert list(outside.iterdir()) == []


def test_t40_picture_that_leads_out_of_the_folder_is_not_written(desk: Desk, folder: Path, tmp_path: Path) -> None:
    bring(folder, desk)
    version = ArticleVersion.unscoped.get(article__slug="mallar")
    version.pictures = {"../../../ut.png": version.shows[0]}
    version.save(update_fields=["pictures"])
    export_manual(tmp_path / "a" / "b", desk=desk)
    assert not list(tmp_path.glob("**/ut.png"))


def test_front_matter_keeps_versions_as_they_are_written() -> None:
    front, _, _ = read_article_file("---\ntitle: No\nsince: 8.10\n---\n")
    assert front == Front(title="No", since="8.10")


def test_draft_of_an_answer_comes_in_with_its_marks(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x.sv.md").write_text("---\ntitle: A\nstate: draft\n---\n\nHej ⟦namn⟧!\n")

    assert bring(tmp_path, desk).made == ["x.sv.md"]
