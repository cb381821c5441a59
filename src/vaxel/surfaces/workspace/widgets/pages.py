"""Help inside products: which products show it, from which addresses, and the key that they sign with."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vaxel.domain.widgets.models import Widget
from vaxel.domain.widgets.queries import widget_with_id, widgets_of
from vaxel.domain.widgets.setting_up import MOST_ORIGINS, OriginError, add_widget, change_widget, origin_of, renew_key
from vaxel.surfaces.ui.addresses import address
from vaxel.surfaces.ui.gate import StaffPlace, administrator_page
from vaxel.surfaces.ui.shapes import FieldError
from vaxel.surfaces.ui.words import plain
from vaxel.surfaces.workspace import frame
from vaxel.surfaces.workspace.frame import say, workspace_url
from vaxel.surfaces.workspace.labels import labels_of, options_of

_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class WidgetForm:
    """What stands in the fields."""

    name: str = ""
    product: str = ""
    origins: str = ""
    is_on: bool = True

    def settings(self) -> Mapping[str, Any]:
        """As the doors take them; call it only when nothing is wrong."""
        return {"name": self.name, "product": self.product, "origins": self.origins.split()}


@require_safe
@administrator_page
def widgets(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """The products that show help."""
    return _show(
        request,
        place,
        "list",
        title=_("Help inside products"),
        rows=[(each, workspace_url("widget", place, widget_id=str(each.pk))) for each in widgets_of(place.scope)],
        new_url=workspace_url("widget_new", place),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def new(request: HttpRequest, place: StaffPlace) -> HttpResponse:
    """Set help up in another product. Its key is shown once, on the page that answers."""
    if request.method != "POST":
        return _show_form(request, place, WidgetForm())
    form = _read(request.POST, place)
    errors = _problems(form)
    if errors:
        return _show_form(request, place, form, errors=errors)
    made, key = add_widget(desk=place.desk, by=place.by, now=place.now, **form.settings())
    return _show_form(request, place, _form_of(made), widget=made, key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_page
def widget(request: HttpRequest, place: StaffPlace, widget_id: int) -> HttpResponse:
    """Its settings, and the script tag to copy."""
    found = _found(place, widget_id)
    if request.method != "POST":
        return _show_form(request, place, _form_of(found), widget=found)
    form = _read(request.POST, place)
    errors = _problems(form)
    if errors:
        return _show_form(request, place, form, widget=found, errors=errors)
    changed = change_widget(
        scope=place.scope, widget_id=found.pk, is_on=form.is_on, by=place.by, now=place.now, **form.settings()
    )
    say(request, _("%(name)s is saved.") % {"name": changed.name})
    return HttpResponseRedirect(workspace_url("widgets", place), status=HTTPStatus.SEE_OTHER)


@require_POST
@administrator_page
def key(request: HttpRequest, place: StaffPlace, widget_id: int) -> HttpResponse:
    """Make another key; the old one stops working."""
    found = _found(place, widget_id)
    changed, made = renew_key(scope=place.scope, widget_id=found.pk, by=place.by, now=place.now)
    return _show_form(request, place, _form_of(changed), widget=changed, key=made)


def _found(place: StaffPlace, widget_id: int) -> Widget:
    found = widget_with_id(place.scope, widget_id=widget_id)
    if found is None:
        raise Http404
    return found


def _form_of(widget: Widget) -> WidgetForm:
    return WidgetForm(name=widget.name, product=widget.product, origins="\n".join(widget.origins), is_on=widget.is_on)


def _read(sent: QueryDict, place: StaffPlace) -> WidgetForm:
    product = sent.get("product", "")
    known = labels_of(place.desk, now=place.now).names.products
    return WidgetForm(
        name=" ".join(plain(sent.get("name", "")).split()),
        product=product if product in known else "",
        origins=plain(sent.get("origins", "")),
        is_on="is_on" in sent,
    )


def _problems(form: WidgetForm) -> tuple[FieldError, ...]:
    found: list[FieldError] = []
    if not 0 < len(form.name) <= _LONGEST_NAME:
        text = _("Write a name of at most %(most)d characters") % {"most": _LONGEST_NAME}
        found.append(FieldError(field="name", text=text))
    origins = form.origins.split()
    wrong = next((each for each in origins if not _is_origin(each)), "")
    if wrong:
        text = _("Write %(origin)s like this: https://app.vendor.example") % {"origin": wrong}
        found.append(FieldError(field="origins", text=text))
    elif not 0 < len(origins) <= MOST_ORIGINS:
        text = _("Write between 1 and %(most)d addresses, one on each line") % {"most": MOST_ORIGINS}
        found.append(FieldError(field="origins", text=text))
    return tuple(found)


def _is_origin(text: str) -> bool:
    try:
        origin_of(text)
    except OriginError:
        return False
    return True


def _show_form(
    request: HttpRequest,
    place: StaffPlace,
    form: WidgetForm,
    *,
    widget: Widget | None = None,
    key: str = "",
    errors: tuple[FieldError, ...] = (),
) -> HttpResponse:
    number = "" if widget is None else str(widget.pk)
    return _show(
        request,
        place,
        "form",
        title=_("New product") if widget is None else widget.name,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors,
        error_of={error.field: error.text for error in errors},
        form=form,
        key=key,
        tag="" if widget is None else _tag(widget),
        products=options_of(labels_of(place.desk, now=place.now).names.products),
        action=workspace_url("widget", place, widget_id=number) if number else workspace_url("widget_new", place),
        key_url=workspace_url("widget_key", place, widget_id=number) if number else "",
        back_url=workspace_url("widgets", place),
    )


def _tag(widget: Widget) -> str:
    """What the product's pages get; the token's address is the product's own to choose."""
    source = f"{settings.BASE_URL}{address('widget:script')}"
    return f'<script type="module" src="{source}" data-vaxel="{widget.public_id}" data-token="/help-token"></script>'


def _show(
    request: HttpRequest, place: StaffPlace, template: str, *, status: HTTPStatus = HTTPStatus.OK, **contents: Any
) -> HttpResponse:
    labels = labels_of(place.desk, now=place.now)
    return frame.show(request, place, f"widgets/{template}", labels=labels, status=status, **{"errors": (), **contents})
