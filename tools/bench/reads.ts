import type { Instance } from '../../packages/testkit/src/instance';

/** Latency of reads over HTTP, as a client sees it: median and 95th percentile in milliseconds. */
const rounds = 30;
/** Of reads that look at all there is; a few tell as much. */
const slowRounds = 5;

interface Read {
  path(n: number): string;
  rounds?: number;
}

export async function measureReads(instance: Instance): Promise<Record<string, string>> {
  const { projectId, traceIds, observationIds } = await discover(instance);
  const day = new Date(Date.now() - 86_400_000).toISOString();
  const screens = `/api/v1/projects/${projectId}/traces`;
  const one = (ids: readonly string[], n: number) => ids[n % ids.length]!;
  const filter = (condition: object) => `filter=${encodeURIComponent(JSON.stringify([condition]))}`;
  const ofModel = { type: 'stringOptions', column: 'model', operator: 'any of', value: ['gpt-4o'] };
  const withText = { type: 'string', column: 'input', operator: 'contains', value: 'summarised each' };
  const cases: Record<string, Read> = {
    // What clients poll: how many are there.
    'count: observations?limit=1': { path: () => '/api/public/observations?limit=1' },
    'observations?limit=50': { path: () => '/api/public/observations?limit=50' },
    'observations of a trace': {
      path: (n) => `/api/public/observations?limit=50&traceId=${one(traceIds, n)}`,
    },
    'observations, page 20': { path: () => '/api/public/observations?limit=50&page=20', rounds: slowRounds },
    'one observation': { path: (n) => `/api/public/observations/${one(observationIds, n)}` },
    'v2/observations?limit=50': { path: () => '/api/public/v2/observations?limit=50' },
    'v2/observations, io': {
      path: () => '/api/public/v2/observations?limit=50&fields=core,basic,io,usage',
    },
    'v2/observations, text in input': {
      path: () => `/api/public/v2/observations?limit=50&${filter(withText)}`,
    },
    'traces?limit=50': { path: () => '/api/public/traces?limit=50' },
    'traces, core and metrics': { path: () => '/api/public/traces?limit=50&fields=core,metrics' },
    'traces of a user': { path: () => '/api/public/traces?limit=50&userId=user-ab' },
    'one trace': { path: (n) => `/api/public/traces/${one(traceIds, n)}` },
    'sessions?limit=50': { path: () => '/api/public/sessions?limit=50' },
    'screen: traces': { path: () => `${screens}?limit=50&from=${day}` },
    'screen: traces, model': { path: () => `${screens}?limit=50&from=${day}&${filter(ofModel)}` },
    'screen: traces, two words': { path: () => `${screens}?limit=50&q=summarised+currencies` },
    'screen: traces, word of nobody': {
      path: () => `${screens}?limit=50&q=nowhere-at-all`,
      rounds: slowRounds,
    },
    'screen: traces by cost': {
      path: () => `${screens}?limit=50&from=${day}&orderBy=totalCost.desc`,
      rounds: slowRounds,
    },
    'screen: one trace': { path: (n) => `${screens}/${one(traceIds, n)}` },
    // Aggregates over the whole range, as dashboards ask them.
    'screen: facet of models': {
      path: () => `${screens}/facets?field=model&from=${day}`,
      rounds: slowRounds,
    },
    'screen: facet of users': {
      path: () => `${screens}/facets?field=userId&from=${day}`,
      rounds: slowRounds,
    },
    'screen: histogram': {
      path: () => `${screens}/histogram?from=${day}&to=${new Date().toISOString()}`,
      rounds: slowRounds,
    },
    'metrics: count': { path: () => metrics({ metrics: [['count', 'count']] }), rounds: slowRounds },
    'metrics: cost and p95 by model and day': {
      path: () =>
        metrics({
          metrics: [
            ['totalCost', 'sum'],
            ['latency', 'p95'],
          ],
          dimension: 'providedModelName',
          granularity: 'day',
        }),
      rounds: slowRounds,
    },
    'metrics: count by trace name': {
      path: () => metrics({ metrics: [['count', 'count']], dimension: 'traceName' }),
      rounds: slowRounds,
    },
    'metrics: daily': { path: () => '/api/public/metrics/daily', rounds: slowRounds },
  };
  const result: Record<string, string> = {};
  for (const [name, { path, rounds: times = rounds }] of Object.entries(cases)) {
    await instance.fetch(path(times)).then((response) => response.text());
    const taken: number[] = [];
    let failure: string | null = null;
    for (let n = 0; n < times && !failure; n++) {
      const startedAt = performance.now();
      const response = await instance.fetch(path(n));
      const text = await response.text();
      taken.push(performance.now() - startedAt);
      if (!response.ok) failure = `${response.status} ${text.slice(0, 120)}`;
    }
    taken.sort((a, b) => a - b);
    result[name] =
      failure ??
      `p50 ${taken[times >> 1]!.toFixed(1)} ms  p95 ${taken[Math.floor(times * 0.95)]!.toFixed(1)} ms`;
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
  const observations = (await (await instance.fetch('/api/public/observations?limit=100')).json()) as {
    data: { id: string }[];
  };
  return {
    projectId: projects.data[0]!.id,
    traceIds: traces.data.map(({ id }) => id),
    observationIds: observations.data.map(({ id }) => id),
  };
}

/** A question to `/v2/metrics` about the observations of the last day. */
function metrics(asked: { metrics: [string, string][]; dimension?: string; granularity?: string }): string {
  const query = {
    view: 'observations',
    metrics: asked.metrics.map(([measure, aggregation]) => ({ measure, aggregation })),
    dimensions: asked.dimension ? [{ field: asked.dimension }] : [],
    timeDimension: asked.granularity ? { granularity: asked.granularity } : null,
    fromTimestamp: new Date(Date.now() - 86_400_000).toISOString(),
    toTimestamp: new Date().toISOString(),
  };
  return `/api/public/v2/metrics?query=${encodeURIComponent(JSON.stringify(query))}`;
}
