import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** A table of the explorer as a file: every trace that is meant, whole, however many pages of it there are. */
const total = 450;
let api: TestApi;
let mine: TestProject;
let cookie: string;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  cookie = await api.signIn(mine.ownerId);
  const start = Date.now() - 3_600_000;
  const batch = Array.from({ length: total }, (_, n) => ({
    id: `event-${n}`,
    type: 'trace-create',
    timestamp: new Date(start).toISOString(),
    body: {
      id: `trace-${String(n).padStart(3, '0')}`,
      timestamp: new Date(start + n * 1_000).toISOString(),
      name: n % 3 === 0 ? '=HYPERLINK("http://evil.test")' : `job ${n}`,
      userId: n % 2 ? 'odd' : 'even',
      input: { n, text: 'x'.repeat(n === 7 ? 3_000_000 : 300) },
      output: `said ${n}`,
      metadata: { note: `note ${n}` },
    },
  }));
  for (let at = 0; at < total; at += 50) {
    const answer = await api.send('POST', '/api/public/ingestion', mine, { batch: batch.slice(at, at + 50) });
    expect(answer.status).toBe(207);
  }
  await api.settle();
});
afterAll(() => api?.stop());

const download = (query: string, headers: Record<string, string> = { cookie }) =>
  api.request(`/api/v1/projects/${mine.projectId}/traces/export?${query}`, { headers });

describe('an export of traces', () => {
  it('has all of them once, whole and in order', async () => {
    const answer = await download('format=jsonl&orderBy=timestamp.asc');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="traces.jsonl"');
    const rows = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ id }) => id)).toEqual(
      Array.from({ length: total }, (_, n) => `trace-${String(n).padStart(3, '0')}`),
    );
    expect(rows[7].input.text).toHaveLength(3_000_000);
    expect(rows[8]).toMatchObject({
      userId: 'even',
      output: 'said 8',
      metadata: { note: 'note 8' },
      totalCost: 0,
    });
  });

  it('means what the table means', async () => {
    const filter = JSON.stringify([{ type: 'string', column: 'userId', operator: '=', value: 'odd' }]);
    const answer = await download(`format=json&filter=${encodeURIComponent(filter)}`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    const rows = (await answer.json()) as { userId: string; id: string }[];
    expect(rows).toHaveLength(total / 2);
    expect(rows[0]).toMatchObject({ id: 'trace-449', userId: 'odd' });
  });

  it('has no cell in CSV that a spreadsheet would run', async () => {
    const text = await (await download('format=csv')).text();
    expect(text).toContain(`,"'=HYPERLINK(""http://evil.test"")",`);
    expect(text).not.toMatch(/(?:^|,)"?=/m);
  });

  it('says what is wrong before it begins', async () => {
    for (const [query, said] of [
      ['format=xlsx', 'format'],
      [
        'format=csv&filter=%5B%7B%22type%22%3A%22string%22%2C%22column%22%3A%22colour%22%2C%22operator%22%3A%22%3D%22%2C%22value%22%3A%22a%22%7D%5D',
        'colour',
      ],
    ] as const) {
      const answer = await download(query);
      expect([answer.status, (await answer.json()).message]).toEqual([400, expect.stringContaining(said)]);
    }
    expect((await download('format=csv', {})).status).toBe(401);
  });
});
