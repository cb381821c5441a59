"""Reads of widgets."""

from vaxel.domain.widgets.models import Widget
from vaxel.kit.tenancy import Scope


def widgets_of(scope: Scope) -> list[Widget]:
    """The desk's widgets by name; one query."""
    return list(Widget.objects.within(scope).order_by("name", "pk"))


def widget_with_id(scope: Scope, *, widget_id: int) -> Widget | None:
    """A widget of the desk."""
    return Widget.objects.within(scope).filter(pk=widget_id).first()


def open_widget(public_id: str) -> Widget | None:
    """The widget that a page names, with its desk; None for one that is not there or switched off. One query."""
    return Widget.unscoped.select_related("desk").filter(public_id=public_id, is_on=True).first()
