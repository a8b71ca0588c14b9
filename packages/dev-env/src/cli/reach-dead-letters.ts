/** What `/internal/dead-letters` says about one parked event. */
export interface ParkedEvent {
  id: string;
  topic: string;
  type: string | null;
  reason: string | null;
  attempts: number;
  parkedAt: string;
}

/** Dead letters of one app. All of these throw with the app's own words. */
export interface DeadLetters {
  app: string;
  list(): Promise<ParkedEvent[]>;
  retry(id: string): Promise<void>;
  drop(id: string): Promise<void>;
}

/** Reaches them as an operator of a cluster does: through the app's own sidecar, with its API token. */
export function reachDeadLetters(app: string, daprPort: number, daprApiToken: string): DeadLetters {
  const base = `http://127.0.0.1:${daprPort}/v1.0/invoke/${app}/method/internal/dead-letters`;
  const ask = async (method: string, path: string): Promise<unknown> => {
    const headers = { 'dapr-api-token': daprApiToken };
    const response = await fetch(base + path, { method, headers, signal: AbortSignal.timeout(60_000) }).catch(() => {
      throw new Error(`the sidecar of ${app} does not answer; is Muster up? (make status)`);
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${app} said ${response.status}: ${detailOf(text)}`);
    return text ? JSON.parse(text) : undefined;
  };
  return {
    app,
    async list() {
      const all: ParkedEvent[] = [];
      let cursor: string | null = '';
      do {
        const page = (await ask('GET', cursor ? `?cursor=${cursor}` : '')) as Page;
        all.push(...page.data);
        cursor = page.meta.nextCursor;
      } while (cursor);
      return all;
    },
    retry: async (id) => void (await ask('POST', `/${encodeURIComponent(id)}/retry`)),
    drop: async (id) => void (await ask('DELETE', `/${encodeURIComponent(id)}`)),
  };
}

interface Page {
  data: ParkedEvent[];
  meta: { nextCursor: string | null };
}

function detailOf(text: string): string {
  try {
    return (JSON.parse(text) as { detail?: string }).detail ?? text;
  } catch {
    return text;
  }
}
