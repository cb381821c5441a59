"""Reading without a scope is impossible."""

import pytest
from django.apps import apps

from vaxel.domain.tickets.models import Ticket
from vaxel.kit.tenancy import Scope, ScopedManager, ScopeMissingError

SCOPED = [
    model for model in apps.get_models() if any(isinstance(manager, ScopedManager) for manager in model._meta.managers)
]


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_reading_without_scope_raises(model: type[Ticket]) -> None:
    with pytest.raises(ScopeMissingError):
        model.objects.all()


@pytest.mark.django_db
@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_every_scope_names_fields_that_exist(model: type[Ticket]) -> None:
    assert list(model.objects.within(Scope(desk_id=1, organisation_id=1))) == []
    assert list(model.objects.within(Scope(desk_id=1))) == []


@pytest.mark.django_db
def test_every_row_with_a_desk_is_scoped() -> None:
    own = [model for model in apps.get_models() if model.__module__.startswith("vaxel.")]
    with_desk = {model for model in own if any(field.name == "desk" for field in model._meta.fields)}
    assert with_desk - set(SCOPED) == set()
