"""A change of the policy from a pasted file to a published version, by the pages alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOW, ask, make_staff, policy_source
from tests.jobs_run import run_jobs
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.desks.models import Desk, PolicyVersion
from vaxel.domain.people.models import Agreement
from vaxel.domain.publishing.drafts import LARGEST_DRAFT
from vaxel.domain.publishing.models import PolicyDraft, PolicyTrial
from vaxel.domain.publishing.publish import publish

URL = "/kompass/workspace/policy/"
KOMPASS = policy_source("kompass")
QUICKER = KOMPASS.split("# --- Examples")[0].replace('within = "4h"', 'within = "2h"')
TOO_LARGE = "Filen är för stor: en policy får ha högst 500 kB här"
OTHER = KOMPASS.replace("grace_days = 30", "grace_days = 45")


@pytest.fixture
def boss(office: Office) -> Client:
    """The browser of somebody who runs the desk."""
    return signed_in(make_staff(office.desk, name="Karin Holm", may_administer=True).account)


def bring(client: Client, source: str = QUICKER, purpose: str = "Snabbare svar") -> Page:
    """A new draft, and its page."""
    return read(client.post(f"{URL}drafts/", {"purpose": purpose, "source": source}, follow=True))


def here(page: str = "") -> str:
    """The address of the only draft."""
    return f"{URL}drafts/{PolicyDraft.unscoped.get().pk}/{page}"


def test_a_change_comes_from_a_pasted_file_to_every_new_question(boss: Client, office: Office) -> None:
    waiting = bring(boss)
    assert waiting.one("h1").text == "Snabbare svar"
    assert waiting.one("progress").text == "Väntar på sin tur"
    assert waiting.all(f'form[action="{here("publication/")}"]') == []

    run_jobs()
    page = read(boss.get(here()))
    assert page.one("#differences ~ ul .rule__says").text == "Första svar: Mål: 4 timmar → blir Mål: 2 timmar"
    assert "0 frågor avgjordes på nytt" in page.one('[aria-labelledby="replay"]').text

    done = read(boss.post(here("publication/"), {"revision": "1"}, follow=True))
    assert done.one(".toast__text").text == "Version 2 är publicerad och avgör varje ny fråga."
    assert done.one(".page-head__meta").text.endswith("Karin Holm Snabbare svar")
    assert "Mål: inom 2 timmar öppettid" in done.one('[aria-labelledby="promises"]').text
    office.desk.refresh_from_db()
    ticket = ask(office.person)
    assert ticket.policy_id == office.desk.policy_id
    versions = read(boss.get(f"{URL}versions/"))
    assert versions.one(".rule__says").text == "Första svar: Mål: 4 timmar → blir Mål: 2 timmar"


def test_questions_that_would_change_are_linked(boss: Client, office: Office) -> None:
    ticket = ask(office.person)
    bring(boss)
    trial = PolicyTrial.unscoped.get()
    run_jobs()
    assert PolicyTrial.unscoped.get(pk=trial.pk).state == "done"

    part = read(boss.get(here())).one('[aria-labelledby="replay"]')

    assert [link.attributes["href"] for link in part.all("tbody a")] == [office.url(ticket)]
    assert part.one("tbody tr").text.endswith("Teknisk support samma annan tid för löftet")


def test_file_goes_before_pasted_words(boss: Client, office: Office) -> None:
    file = SimpleUploadedFile("kompass.toml", "\ufeff".encode() + QUICKER.encode())
    boss.post(f"{URL}drafts/", {"purpose": "Fil", "source": "gammalt", "file": file})

    assert PolicyDraft.unscoped.get().source == QUICKER


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"purpose": "", "source": "x"}, "Skriv vad ändringen är till för, med högst 200 tecken"),
        ({"purpose": "Ett", "source": " "}, "Välj policyns fil eller klistra in orden"),
        (
            {"purpose": "Ett", "source": "x" * (LARGEST_DRAFT + 1)},
            "Filen är för stor: en policy får ha högst 500 kB här",
        ),
    ],
)
def test_what_is_wrong_with_the_form_is_told_and_nothing_typed_is_lost(
    boss: Client, form: dict[str, str], said: str
) -> None:
    page = read(boss.post(f"{URL}drafts/", form), status=422)

    assert [link.text for link in page.all(".error-summary__link")] == [said]
    assert page.one("#source").as_it_stands == form["source"]
    assert not PolicyDraft.unscoped.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * (LARGEST_DRAFT + 1)])
def test_t23_file_that_is_no_policy_is_told_by_its_field(boss: Client, content: bytes) -> None:
    file = SimpleUploadedFile("x.toml", content)
    page = read(boss.post(f"{URL}drafts/", {"purpose": "Ett", "source": "kvar", "file": file}), status=422)

    assert page.one(".error-summary__link").attributes["href"] == "#file"
    assert page.one("#source").as_it_stands.strip() == "kvar"


def test_faults_are_told_with_line_cause_and_what_is_allowed(boss: Client) -> None:
    source = KOMPASS.replace('plan = "enterprise", kind', 'plan = "enterprize", kind')
    assert bring(boss, source).one("progress").text == "Väntar på sin tur"
    run_jobs()
    page = read(boss.get(here()))

    fault = page.one('[aria-labelledby="proof"] .rule')
    line = source[: source.index("enterprize")].count("\n") + 1
    assert fault.one(".policy__line").text == f"Rad {line}"
    assert 'when = { plan = "enterprize"' in fault.one("code").text
    assert '"enterprize" är inte ett värde på plan här. Menade du "enterprise"?' in fault.text
    assert fault.one(".rule__when").text == "Tillåtet här: standard, enterprise, none."
    assert page.one('[aria-labelledby="proof"] > p').text == (
        "Reglerna är inte bevisade och exemplen inte prövade än. Fler fel kan visa sig när det här är rättat."
    )
    assert page.all(f'form[action="{here("publication/")}"]') == []
    assert "enterprize" in page.one("#source").as_it_stands


def test_t75_two_administrators_do_not_write_over_each_other(boss: Client, office: Office) -> None:
    bring(boss)
    boss.post(here(), {"purpose": "Snabbare svar", "source": KOMPASS, "revision": "1"})

    page = read(boss.post(here(), {"purpose": "Mitt", "source": OTHER, "revision": "1"}), status=409)

    assert "Karin Holm har ändrat eller publicerat utkastet under tiden." in page.one(".notice--warning").text
    assert page.one("#source").as_it_stands == OTHER
    assert PolicyDraft.unscoped.get().source == KOMPASS
    for door in ("trial/", "publication/", "removal/"):
        told = read(boss.post(here(door), {"revision": "1"}), status=409).one(".notice--warning").text
        assert "Inget hände när du tryckte: så här är utkastet nu." in told


def test_t75_nothing_is_published_over_another_version(boss: Client, office: Office) -> None:
    bring(boss)
    run_jobs()
    publish(desk=office.desk, source=OTHER, by=SYSTEM, now=NOW)

    refused = read(boss.post(here("publication/"), {"revision": "1"}), status=409)
    assert refused.all(".notice__title")[0].text == "Det blev inte publicerat"
    assert "gäller mot version 1" in refused.one("#trial").text

    boss.post(here("trial/"), {"revision": "1"})
    run_jobs()
    boss.post(here("publication/"), {"revision": "1"})
    assert Desk.objects.get(pk=office.desk.pk).policy == PolicyVersion.unscoped.get(number=3)


def test_going_back_is_publishing_an_earlier_version_anew(boss: Client, office: Office) -> None:
    publish(desk=office.desk, source=OTHER, by=SYSTEM, now=NOW)

    page = read(boss.post(f"{URL}versions/1/again/", follow=True))
    assert page.one("h1").text == "Tillbaka till version 1"
    run_jobs()
    boss.post(here("publication/"), {"revision": "1"})

    newest = PolicyVersion.unscoped.get(number=3)
    assert (newest.source, newest.note) == (KOMPASS, "Tillbaka till version 1")


def test_draft_can_be_removed(boss: Client) -> None:
    bring(boss)
    page = read(boss.post(here("removal/"), {"revision": "1"}, follow=True))

    assert page.one(".toast__text").text == "Utkastet är borttaget."
    assert not PolicyDraft.unscoped.exists()


def test_t42_drafts_are_for_administrators_alone(office: Office, boss: Client) -> None:
    bring(boss)
    addresses = [f"{URL}drafts/", here(), *(here(page) for page in ("trial/", "publication/", "removal/"))]

    assert {office.client.get(each).status_code for each in addresses[:2]} == {404}
    assert {office.client.post(each).status_code for each in [*addresses, f"{URL}versions/1/again/"]} == {404}
    assert "Utkast" not in read(office.client.get(URL)).one(".tabs").text


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_queries_however_many(
    boss: Client, office: Office, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        ask(office.person)
        bring(boss, purpose=f"Ändring {number}")
    run_jobs()
    newest = PolicyDraft.unscoped.latest("pk")
    boss.get(f"{URL}drafts/{newest.pk}/")
    with django_assert_num_queries(4):
        page = read(boss.get(f"{URL}drafts/"))
    assert len(page.all(".list__link")) == count
    with django_assert_num_queries(4):
        page = read(boss.get(f"{URL}drafts/{newest.pk}/"))
    assert len(page.all('[aria-labelledby="replay"] tbody tr')) == count


def test_plan_that_is_renamed_under_agreements_is_refused_with_what_it_looks_like(boss: Client) -> None:
    bring(boss, KOMPASS.replace("standard", "grund"))
    run_jobs()

    page = read(boss.get(here()))

    assert page.all(f'form[action="{here("publication/")}"]') == []
    assert "1 gällande avtal har supportnivån standard" in page.one('[aria-labelledby="proof"] .rule').text
    part = page.one('[aria-labelledby="differences"]')
    assert part.all(".rule__says")[0].text == (
        "Supportnivåer: Standard (standard) → blir Standard (grund), som ser ut att vara samma med nytt namn"
    )
    assert part.one(".notice--warning li").text == (
        "1 gällande avtal har kvar supportnivån standard. "
        "Publicera med båda nivåerna, ge avtalen den nya och ta sedan bort den gamla."
    )


def test_name_that_looks_renamed_is_told_with_what_would_be_left_behind(boss: Client, office: Office) -> None:
    bring(boss, KOMPASS.replace("resource-planning", "planering"))
    Agreement.unscoped.filter(organisation=office.organisation).update(products=["suite", "resource-planning"])
    run_jobs()

    part = read(boss.get(here())).one('[aria-labelledby="differences"]')

    assert part.one(".notice--warning li").text == (
        "1 gällande avtal omfattar produkten resource-planning. Ge dem den nya, annars täcker avtalen inget av den."
    )
    assert part.all(".rule__says")[0].text == (
        "Produkter: Kompass resursplanering (resource-planning) → blir Kompass resursplanering (planering), som ser ut "
        "att vara samma med nytt namn"
    )


def test_fault_of_the_text_itself_is_told_with_its_line(boss: Client) -> None:
    source = KOMPASS + '\n[topics.one]\nname = { f8 = "b", f8 = "c" }\n'
    bring(boss, source)
    run_jobs()

    fault = read(boss.get(here())).one('[aria-labelledby="proof"] .rule')

    assert fault.one(".policy__line").text == f"Rad {source.count(chr(10))}"
