"""What a draft's page says of a wrong draft, in the language of whoever reads it."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import NOW, make_staff, policy_source
from tests.jobs_run import run_jobs
from tests.surfaces.workspace.conftest import Office, signed_in
from tests.surfaces.workspace.reading import Page, read
from vaxel.domain.audit.actor import SYSTEM
from vaxel.domain.publishing.findings import PROOF, Proof
from vaxel.domain.publishing.models import PolicyDraft, PolicyTrial
from vaxel.domain.publishing.publish import publish
from vaxel.rules.sentences import say

URL = "/kompass/workspace/policy/"
KOMPASS = policy_source("kompass")


@pytest.fixture
def boss(office: Office) -> Client:
    """The browser of somebody who runs the desk, in Swedish."""
    return signed_in(make_staff(office.desk, name="Karin Holm", may_administer=True).account)


def bring(client: Client, source: str) -> Page:
    client.post(f"{URL}drafts/", {"purpose": "Ändrat", "source": source})
    run_jobs()
    return again(client)


def again(client: Client) -> Page:
    return read(client.get(f"{URL}drafts/{PolicyDraft.unscoped.get().pk}/"))


def in_english(client: Client) -> Client:
    client.post("/kompass/workspace/preferences/", {"language": "en"})
    return client


WRONG = {
    "shape": (
        KOMPASS.replace('promise = "goal"', 'promise = "gaol"', 1),
        'Här ska det stå ett av de tillåtna orden, inte "gaol". Menade du "goal"?',
        '"gaol" is not one of the words here. Did you mean "goal"?',
    ),
    "proof": (
        KOMPASS.split("[[billing]]")[0] + "[[targets]]" + KOMPASS.split("[[targets]]", 1)[1].split("# --- Examples")[0],
        "Några ärenden saknar regel för vad de kostar.",
        "Some tickets have no billing:",
    ),
    "example": (
        KOMPASS.replace(
            'expect = { destination = "account-manager", targets = []', 'expect = { destination = "support"', 1
        ),
        "Exemplet väntar sig support, men svaret är account-manager. Det avgjordes av: ",
        "Expected support and got account-manager (decided by: ",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_draft_is_told_in_the_language_of_its_reader(boss: Client, name: str) -> None:
    source, swedish, english = WRONG[name]

    page = bring(boss, source)

    assert swedish in page.one('[aria-labelledby="proof"] .rule').text
    assert page.all("#trial [lang]") == []
    assert english in again(in_english(boss)).one('[aria-labelledby="proof"] .rule').text


def test_example_that_does_not_hold_is_told_in_the_language_of_its_reader(boss: Client, office: Office) -> None:
    source, swedish, english = WRONG["example"]
    publish(desk=office.desk, source=source, by=SYSTEM, now=NOW)

    fault = read(boss.get(f"{URL}examples/")).one(".example__fault")

    assert (fault.text.startswith(swedish), "lang" in fault.attributes) == (True, False)
    assert read(in_english(boss).get(f"{URL}examples/")).one(".example__fault").text.startswith(english)


def test_notes_are_told_in_the_language_of_the_reader(boss: Client) -> None:
    page = bring(boss, KOMPASS + '\n[topics.spare]\nname = "Spare"\n')

    assert page.one('[aria-labelledby="proof"] .policy__answers').text == (
        "topics › spare: ingen typ av fråga har ämnet."
    )


def test_examples_that_go_are_told_before_the_draft_is_published(boss: Client) -> None:
    count = KOMPASS.count("[[examples]]")

    page = bring(boss, KOMPASS.split("# --- Examples")[0])

    notices = [each.text for each in page.all("#trial > .notice")]
    assert notices[0].startswith(f"Exempel försvinner Den publicerade policyn har {count} exempel, den här har inga.")
    assert notices[1].startswith("Klart att publicera")


def test_trial_that_was_stopped_says_why_and_may_be_tried_again(boss: Client) -> None:
    bring(boss, KOMPASS)
    proof = Proof(stopped=say("trial.too-large", megabytes=1024))
    PolicyTrial.unscoped.update(state="failed", proof=PROOF.to_json(proof))

    page = again(boss)

    assert page.one("#trial .notice").text.startswith("Prövningen behövde mer än 1024 MB minne och avbröts.")
    assert page.one('#trial form [type="submit"]').text == "Pröva"
    assert page.all('[aria-labelledby="proof"]') == []


def test_trial_that_is_lost_is_asked_for_again_by_a_press(boss: Client) -> None:
    boss.post(f"{URL}drafts/", {"purpose": "Ändrat", "source": KOMPASS})
    PolicyTrial.unscoped.update(asked_at=NOW - timedelta(days=400))

    page = again(boss)

    assert page.one("#trial .notice").text == (
        "Prövningen kom aldrig till slutet. Pröva igen: det du skrev står kvar som det är."
    )
    boss.post(page.one("#trial form").attributes["action"], {"revision": "1"})
    run_jobs()
    assert again(boss).all("#trial .notice")[0].text.startswith("Klart att publicera")


def test_other_hours_are_told_though_every_question_is_decided_as_before(boss: Client) -> None:
    shorter = KOMPASS.split("# --- Examples")[0].replace('weekdays = ["08:00-17:00"]', 'weekdays = ["09:00-16:00"]', 1)

    part = bring(boss, shorter).one('[aria-labelledby="differences"]')

    assert "Alla frågor avgörs som förut." in part.text
    assert [each.text for each in part.all(".rule")] == [
        "calendars.office.open.weekdays : 08:00-17:00 → blir 09:00-16:00"
    ]
