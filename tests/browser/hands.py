"""How somebody works a page: with the mouse, or with the keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator, expect

#: No page of ours has more stops.
_MOST_STOPS = 250
_HAS_FOCUS = "element => element === document.activeElement"


class Hands(Protocol):
    """What a form needs."""

    def write(self, field: Locator, text: str) -> None:
        """Put text into a field."""

    def press(self, control: Locator) -> None:
        """Press a button or follow a link."""

    def choose(self, box: Locator) -> None:
        """Choose a radio button or tick a box."""


class Mouse:
    """Points and clicks."""

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def press(self, control: Locator) -> None:
        control.click()

    def choose(self, box: Locator) -> None:
        box.check()


class Keyboard:
    """Tab, arrows, space and Enter; never points."""

    def write(self, field: Locator, text: str) -> None:
        self._go_to(field)
        field.page.keyboard.insert_text(text)

    def press(self, control: Locator) -> None:
        self._go_to(control)
        control.page.keyboard.press("Enter")

    def choose(self, box: Locator) -> None:
        if box.get_attribute("type") == "radio":
            self._choose_in_group(box)
        else:
            self._go_to(box)
            box.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def _choose_in_group(self, radio: Locator) -> None:
        """Tab stops once at a group; arrows move within it."""
        keys = radio.page.keyboard
        self._tab_until(radio, "element => document.activeElement.name === element.name")
        keys.press("Space")
        for _ in range(_MOST_STOPS):
            if radio.is_checked():
                return
            keys.press("ArrowDown")

    def _go_to(self, wanted: Locator) -> None:
        expect(wanted).to_be_visible()
        self._tab_until(wanted, _HAS_FOCUS)

    def _tab_until(self, wanted: Locator, condition: str) -> None:
        for _ in range(_MOST_STOPS):
            if wanted.evaluate(condition):
                return
            wanted.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {wanted}")
