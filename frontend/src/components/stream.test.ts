import { beforeEach, expect, test, vi } from "vitest";
import { type Change, settled, watch } from "./stream";

class FakeSource extends EventTarget {
  static readonly opened: FakeSource[] = [];
  constructor(readonly url: string) {
    super();
    FakeSource.opened.push(this);
  }
  close(): void {
    this.dispatchEvent(new Event("closed"));
  }
}

beforeEach(() => {
  FakeSource.opened.length = 0;
  vi.stubGlobal("EventSource", FakeSource);
});

test("all parts of a page share one connection and hear tickets and reloads", () => {
  const heard: Change[] = [];
  watch("/live", (change) => heard.push(change));
  watch("/live", (change) => heard.push(change));
  const [source] = FakeSource.opened;
  source!.dispatchEvent(new MessageEvent("ticket", { data: '{"ticket": 4, "number": 4, "kind": "replied"}' }));
  source!.dispatchEvent(new MessageEvent("reload", { data: "{}" }));
  const reply = { number: 4, kind: "replied" };
  const reload = { number: null, kind: "" };
  expect([FakeSource.opened.length, heard]).toEqual([1, [reply, reply, reload, reload]]);
});

test("a part that came later shares the connection of the page that it came into", () => {
  const heard: Change[] = [];
  watch("/desk/live?since=1", (change) => heard.push(change));
  watch("/desk/live?since=2", (change) => heard.push(change));
  FakeSource.opened[0]!.dispatchEvent(new MessageEvent("reload", { data: "{}" }));
  expect([FakeSource.opened.map((source) => source.url), heard.length]).toEqual([["/desk/live?since=1"], 2]);
});

test("several calls within the pause are one", () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const call = settled(act, 250);
  call();
  vi.advanceTimersByTime(200);
  call();
  vi.advanceTimersByTime(250);
  expect(act).toHaveBeenCalledTimes(1);
});
