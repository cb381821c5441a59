/* What goes on at the desk, known problems, and “I meet this too” said instead of a question. */
import { articleBody } from "./article.ts";
import { button, el } from "./dom.ts";
import { notice, type Panel } from "./panel.ts";
import type { News, Problem, ProblemRow } from "./server.ts";

/** Notices and open problems; nothing when there are none, and nothing said when they cannot be had. */
export async function showNews(panel: Panel, place: HTMLElement): Promise<void> {
  const found = await panel.server.post<News>("news/");
  const { words, host } = panel;
  const notices = found.notices.map((one) =>
    el("div", { class: "notice" }, el("b", {}, one.title), articleBody(one.html, host.base, words), one.ends && el("p", { class: "soft" }, `${words.until} ${one.ends}`)),
  );
  place.replaceChildren(...notices, ...problemList(panel, words.problems, found.problems));
}

/** Problems that the words are like, beside the choice of a kind. */
export async function showLikely(panel: Panel, place: HTMLElement, asked: { words: string; product: string }): Promise<void> {
  const found = await panel.server.post<News>("news/", asked);
  place.replaceChildren(...problemList(panel, panel.words.isItThis, found.problems));
}

function problemList(panel: Panel, title: string, rows: ProblemRow[]): HTMLElement[] {
  if (!rows.length) return [];
  const open = (row: ProblemRow) => (): void => void showProblem(panel, row.number);
  const list = rows.map((row) => el("li", {}, el("button", { type: "button", class: "article", click: open(row) }, el("b", {}, row.title))));
  return [el("h3", {}, title), el("ul", { class: "plain" }, list)];
}

/** The view before comes back as it was left, with what was chosen in it. */
async function showProblem(panel: Panel, number: number): Promise<void> {
  try {
    const problem = await panel.server.post<Problem>("problem/", { number: String(number) });
    draw(panel, problem, panel.leaveView());
  } catch (fault) {
    panel.say(panel.faultWords(fault));
  }
}

function draw(panel: Panel, problem: Problem, back: () => void): void {
  const { words, host } = panel;
  const html = (text: string): DocumentFragment => articleBody(text, host.base, words);
  panel.show(
    back,
    el("h2", {}, problem.title),
    el("p", { class: "soft" }, problem.state),
    html(problem.html),
    problem.workaround && el("section", {}, el("h3", {}, words.meanwhile), html(problem.workaround)),
    problem.updates.length > 0 &&
      el("section", {}, el("h3", {}, words.toldSoFar), ...problem.updates.map((one) => el("div", {}, el("b", {}, one.at), html(one.html)))),
    problem.is_open && meToo(panel, problem, back),
  );
}

/** “I meet this too” and the way back: one button that keeps the focus, and beside it what came of pressing it. */
function meToo(panel: Panel, problem: Problem, back: () => void): HTMLElement {
  const { words } = panel;
  let { said } = problem;
  const told = el("div", { role: "status" }, said && notice(words.noted));
  const press = button("", () => void say());
  const name = (): void => {
    press.textContent = said ? words.notMe : words.meToo;
    press.className = said ? "" : "main";
  };
  const say = async (): Promise<void> => {
    try {
      const now = await panel.server.post<Problem>("problem/me-too/", { number: String(problem.number), meets: said ? "not-i" : "i" });
      // Fixed a moment ago: the page says so.
      if (!now.is_open) return draw(panel, now, back);
      ({ said } = now);
      told.replaceChildren(notice(said ? words.noted : words.takenBack));
      name();
    } catch (fault) {
      told.replaceChildren(notice(panel.faultWords(fault), "bad"));
    }
  };
  name();
  return el("section", {}, told, el("p", {}, press));
}
