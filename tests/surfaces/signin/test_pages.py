"""Every page of sign-in can be opened, in both languages, and says what it is."""

import pytest
from django.test import Client
from tests.factories import make_desk, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/signin/", "/signin/password/", "/demo/", "/signin/closed/"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_page_opens_without_signing_in(client: Client, path: str, language: str) -> None:
    response = client.get(path, headers={"accept-language": language})
    print(response.content.decode())
    assert response.status_code == 200
