import type { Instance } from '../../packages/testkit/src/instance';

/** Latency of reads over HTTP, as a client sees it: median and 95th percentile in milliseconds. */
const rounds = 30;

export async function measureReads(instance: Instance): Promise<Record<string, string>> {
  const { projectId, traceIds } = await discover(instance);
  const day = new Date(Date.now() - 86_400_000).toISOString();
  const cases: Record<string, (n: number) => string> = {
    'observations?limit=50': () => '/api/public/observations?limit=50',
    'v2/observations?limit=50': () => '/api/public/v2/observations?limit=50',
    'v2/observations, io': () => '/api/public/v2/observations?limit=50&fields=core,basic,io,usage',
    'traces?limit=50': () => '/api/public/traces?limit=50',
    'traces, core and metrics': () => '/api/public/traces?limit=50&fields=core,metrics',
    'traces of a user': () => '/api/public/traces?limit=50&userId=user-ab',
    'one trace': (n) => `/api/public/traces/${traceIds[n % traceIds.length]}`,
    'screen: traces': () => `/api/v1/projects/${projectId}/traces?limit=50&from=${day}`,
    'screen: traces, level and model': () =>
      `/api/v1/projects/${projectId}/traces?limit=50&from=${day}&filter=${encodeURIComponent(
        JSON.stringify([{ type: 'stringOptions', column: 'model', operator: 'any of', value: ['gpt-4o'] }]),
      )}`,
    'screen: one trace': (n) => `/api/v1/projects/${projectId}/traces/${traceIds[n % traceIds.length]}`,
    'screen: facet of models': () => `/api/v1/projects/${projectId}/traces/facets?field=model&from=${day}`,
    'screen: histogram': () =>
      `/api/v1/projects/${projectId}/traces/histogram?from=${day}&to=${new Date().toISOString()}`,
    'sessions?limit=50': () => '/api/public/sessions?limit=50',
  };
  const result: Record<string, string> = {};
  for (const [name, path] of Object.entries(cases)) {
    const times: number[] = [];
    let failure: string | null = null;
    for (let n = 0; n < rounds && !failure; n++) {
      const startedAt = performance.now();
      const response = await instance.fetch(path(n));
      const text = await response.text();
      times.push(performance.now() - startedAt);
      if (!response.ok) failure = `${response.status} ${text.slice(0, 120)}`;
    }
    times.sort((a, b) => a - b);
    result[name] =
      failure ??
      `p50 ${times[rounds >> 1]!.toFixed(1)} ms  p95 ${times[Math.floor(rounds * 0.95)]!.toFixed(1)} ms`;
  }
  return result;
}

async function discover(instance: Instance) {
  const projects = (await (await instance.fetch('/api/public/projects')).json()) as {
    data: { id: string }[];
  };
  const traces = (await (await instance.fetch('/api/public/traces?limit=100&fields=core')).json()) as {
    data: { id: string }[];
  };
  return { projectId: projects.data[0]!.id, traceIds: traces.data.map(({ id }) => id) };
}
