import { expect, test } from "vitest";
import { markCurrentRow, markLastOpened, rememberOpened } from "./current-row";

const ROW = (name: string, more = ""): string => `
  <tr class="ticket-row ${more}"><th>
    <span class="ticket-row__dot"></span><span class="visually-hidden">Oläst: </span>
    <a class="ticket-row__link" href="/kompass/workspace/tickets/${name}/?view=mine" aria-current="${more ? "true" : "false"}">${name}</a>
  </th></tr>`;

test("the row of the shown ticket is the current one, and read", () => {
  document.body.innerHTML = `<div class="pane--list"><table>${ROW("KOM-1", "ticket-row--current")}${ROW("KOM-2", "ticket-row--unread")}</table></div>`;
  markCurrentRow(document, "/kompass/workspace/tickets/KOM-2/");
  const [first, second] = [...document.querySelectorAll(".ticket-row")];
  expect(first?.className.trim()).toBe("ticket-row");
  expect(first?.querySelector("a")?.hasAttribute("aria-current")).toBe(false);
  expect(second?.className.trim()).toBe("ticket-row ticket-row--current");
  expect(second?.querySelector("a")?.getAttribute("aria-current")).toBe("true");
  expect(second?.querySelector(".ticket-row__dot, .visually-hidden")).toBeNull();
});

test.each(["KOM-2/", "KOM-2/conversation/"])("back in a list the ticket that was opened last is marked: %s", (opened) => {
  document.body.innerHTML = `<table><tbody data-rows>${ROW("KOM-1")}${ROW("KOM-2", "ticket-row--unread")}</tbody></table>`;
  rememberOpened(`/kompass/workspace/tickets/${opened}`);
  expect(markLastOpened(document)?.querySelector("a")?.textContent).toBe("KOM-2");
  expect([...document.querySelectorAll(".ticket-row--current")].length).toBe(1);
});

test("nothing is marked where the ticket that was opened last is not in the list", () => {
  document.body.innerHTML = `<table><tbody data-rows>${ROW("KOM-1")}</tbody></table>`;
  rememberOpened("/kompass/workspace/tickets/KOM-7/");
  rememberOpened("/kompass/workspace/customers/");
  expect(markLastOpened(document)).toBeNull();
});
