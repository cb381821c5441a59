/** A change at the desk: the ticket's number (1042 of KOM-1042) and what happened; without it, anything may have. */
export interface Change {
  number: number | null;
  kind: string;
}

type Listener = (change: Change) => void;

const streams = new Map<string, { listeners: Set<Listener>; source: EventSource }>();

/**
 * Tells `listener` of changes from a stream of server-sent events (`ticket` with JSON, or `reload`).
 * A page has one connection per address, however many of its parts listen; it ends with the page. What stands behind
 * the `?` says when a part was made: one that came later has missed nothing that the connection did not tell.
 */
export function watch(url: string, listener: Listener): void {
  const address = url.split("?")[0] ?? url;
  const known = streams.get(address);
  if (known) known.listeners.add(listener);
  else streams.set(address, connect(url, address, listener));
}

function connect(url: string, address: string, first: Listener): { listeners: Set<Listener>; source: EventSource } {
  const listeners = new Set([first]);
  const source = new EventSource(url);
  const tell = (change: Change): void => listeners.forEach((listener) => listener(change));
  source.addEventListener("ticket", (event: MessageEvent<string>) => tell(changeOf(event.data)));
  source.addEventListener("reload", () => tell({ number: null, kind: "" }));
  window.addEventListener("pagehide", () => {
    source.close();
    streams.delete(address);
  });
  return { listeners, source };
}

function changeOf(data: string): Change {
  const said = JSON.parse(data) as Partial<Change>;
  return { number: said.number ?? null, kind: said.kind ?? "" };
}

/** The page at `url` as the server has it now, or nothing when it does not answer with a page. */
export async function fetchPage(url: string): Promise<Document | undefined> {
  try {
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html", "X-Live": "yes" } });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
  } catch {
    return undefined;
  }
}

/** Runs `act` once after the last of several calls within `pause` milliseconds. */
export function settled(act: () => void, pause: number): () => void {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, pause);
  };
}
