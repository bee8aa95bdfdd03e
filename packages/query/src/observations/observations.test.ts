import type { Condition } from '@tracewell/domain';
import { startEngines } from '@tracewell/testkit/engines';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, base, insertObservations, insertScores, second } from '../test-rows';
import type { ObservationCursor } from './find-observation-keys';
import { getObservation } from './get-observation';
import { countObservations, listObservations, type ObservationPage } from './list-observations';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

async function idsOf(
  request: Omit<Parameters<typeof listObservations>[1], 'groups' | 'limit'>,
  limit = 1000,
) {
  const page = await listObservations(engines.columnar, { ...request, limit, groups: [] });
  return page.observations.map(({ id }) => id);
}

describe('versions of a row', () => {
  const projectId = 'versions';
  beforeAll(async () => {
    const row = (id: string, rowVersion: number, columns: Record<string, unknown>, isDeleted = false) => ({
      projectId,
      traceId: 't',
      id,
      startTime: base,
      rowVersion,
      isDeleted,
      columns,
    });
    await insertObservations(
      engines.columnar,
      [
        row('twice', 1, { name: 'same' }),
        row('grown', 1, { name: 'early', level: 'ERROR' }),
        row('gone', 1, {}),
      ],
      [row('twice', 1, { name: 'same' }), row('grown', 2, { name: 'late' }), row('gone', 2, {}, true)],
    );
  });

  it('are one, the newest, and none when it is withdrawn', async () => {
    const { observations } = await listObservations(engines.columnar, {
      projectId,
      limit: 9,
      groups: ['basic'],
    });
    expect(observations.map(({ id, name }) => [id, name])).toEqual([
      ['twice', 'same'],
      ['grown', 'late'],
    ]);
    expect(await countObservations(engines.columnar, { projectId })).toBe(2);
    expect(await getObservation(engines.columnar, { projectId, observationId: 'gone' })).toBeNull();
  });

  it('are filtered by what the newest says', async () => {
    const errors: Condition[] = [
      { type: 'stringOptions', column: 'level', operator: 'any of', value: ['ERROR'] },
    ];
    expect(await idsOf({ projectId, filter: errors })).toEqual([]);
    expect(await idsOf({ projectId, filter: errors, offset: 0, cursor: undefined })).toEqual([]);
    expect(await countObservations(engines.columnar, { projectId, filter: errors })).toBe(0);
    expect(await idsOf({ projectId, name: 'late' })).toEqual(['grown']);
  });

  it('that fall out do not make a page short or end the list', async () => {
    const stale = Array.from({ length: 40 }, (_, index) => ({
      projectId: 'stale',
      traceId: 't',
      id: `s${index}`,
      startTime: base + 100 * second + index,
      columns: { name: 'wanted' },
    }));
    const wanted = Array.from({ length: 10 }, (_, index) => ({
      projectId: 'stale',
      traceId: 't',
      id: `w${index}`,
      startTime: base + index,
      columns: { name: 'wanted' },
    }));
    await insertObservations(
      engines.columnar,
      [...stale, ...wanted],
      stale.map((row) => ({ ...row, rowVersion: 2, columns: { name: 'other' } })),
    );
    const page = await listObservations(engines.columnar, {
      projectId: 'stale',
      name: 'wanted',
      limit: 4,
      groups: [],
    });
    expect(page.observations.map(({ id }) => id)).toEqual(['w9', 'w8', 'w7', 'w6']);
    expect(page.cursor).not.toBeNull();
  });
});

describe('pages', () => {
  const projectId = 'pages';
  const all = Array.from({ length: 230 }, (_, index) => `o${String(index).padStart(3, '0')}`);
  beforeAll(async () => {
    const rows = all.map((id, index) => ({
      projectId,
      traceId: `t${index % 7}`,
      id,
      // Long runs at the same microsecond, over several minutes.
      startTime: base + Math.floor(index / 25) * 37 * second,
      columns: { level: index % 3 === 0 ? 'ERROR' : 'DEFAULT' },
    }));
    await insertObservations(engines.columnar, rows.slice(0, 120), rows.slice(100), rows.slice(50, 60));
  });

  it.each([
    ['all', {}, all],
    ['filtered', { level: 'ERROR' }, all.filter((_, index) => index % 3 === 0)],
  ])(
    'by cursor and by position are the same, complete and without doubles: %s',
    async (_what, filter, expected) => {
      const byCursor: string[] = [];
      let cursor: ObservationCursor | null = null;
      do {
        const page: ObservationPage<never> = await listObservations(engines.columnar, {
          projectId,
          ...filter,
          limit: 40,
          cursor: cursor ?? undefined,
          groups: [],
        });
        byCursor.push(...page.observations.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor);
      const byPosition: string[] = [];
      for (let offset = 0; offset < 240; offset += 40) {
        byPosition.push(...(await idsOf({ projectId, ...filter, offset }, 40)));
      }
      expect([...byCursor].sort()).toEqual(expected);
      expect(byPosition).toEqual(byCursor);
      expect(await countObservations(engines.columnar, { projectId, ...filter })).toBe(expected.length);
    },
  );

  it('are bounded by time, from inclusive and to exclusive', async () => {
    const from = base + 37 * second;
    expect(await idsOf({ projectId, from, to: from + 1 })).toHaveLength(25);
    expect(await idsOf({ projectId, from: from + 1, to: from + 37 * second })).toHaveLength(0);
  });
});

describe('what an observation says of its trace', () => {
  const projectId = 'context';
  beforeAll(async () => {
    await insertObservations(engines.columnar, [
      { projectId, traceId: 'otel', id: 'says', startTime: base, columns: { user_id: 'ann', tags: ['x'] } },
      { projectId, traceId: 'otel', id: 'mute', startTime: base + 1 },
      {
        projectId,
        traceId: 'json',
        id: '',
        startTime: base,
        columns: { source: 'ingestion-api', user_id: 'ann', trace_name: 'told', tags: ['x'] },
      },
      { projectId, traceId: 'json', id: 'child', startTime: base + 2, columns: { source: 'ingestion-api' } },
    ]);
  });

  it('is its own for spans, and the trace record for rows of the batch API', async () => {
    expect(await idsOf({ projectId, userId: 'ann' })).toEqual(['child', 'says']);
    const { observations } = await listObservations(engines.columnar, {
      projectId,
      limit: 9,
      groups: ['basic', 'traceContext'],
    });
    expect(observations.map(({ id, userId, traceName, tags }) => [id, userId, traceName, tags])).toEqual([
      ['child', 'ann', 'told', ['x']],
      ['mute', '', '', []],
      ['says', 'ann', '', ['x']],
    ]);
  });

  it('is that of the whole trace for the first generation of the wire', async () => {
    expect(await idsOf({ projectId, userId: 'ann', traceColumns: 'of-trace' })).toEqual([
      'child',
      'mute',
      'says',
    ]);
  });
});

it('is filtered by scores on itself and on its trace', async () => {
  const projectId = 'judged';
  await insertObservations(engines.columnar, [
    { projectId, traceId: 'a', id: '1', startTime: base },
    { projectId, traceId: 'b', id: '1', startTime: base + 1 },
  ]);
  await insertScores(engines.columnar, [
    { projectId, id: 's1', timestamp: base, columns: { trace_id: 'a', observation_id: '1', value: 2 } },
    {
      projectId,
      id: 's2',
      timestamp: base,
      columns: { trace_id: 'b', name: 'ok', data_type: 'BOOLEAN', value: 1, string_value: 'True' },
    },
  ]);
  const traces = async (condition: Condition) =>
    (
      await listObservations(engines.columnar, { projectId, filter: [condition], limit: 9, groups: [] })
    ).observations.map(({ traceId }) => traceId);
  expect(
    await traces({ type: 'numberObject', column: 'scores_avg', key: 'quality', operator: '>', value: 1 }),
  ).toEqual(['a']);
  expect(
    await traces({
      type: 'booleanObject',
      column: 'trace_score_booleans',
      key: 'ok',
      operator: '=',
      value: true,
    }),
  ).toEqual(['b']);
  expect(
    await traces({
      type: 'booleanObject',
      column: 'trace_score_booleans',
      key: 'ok',
      operator: '<>',
      value: true,
    }),
  ).toEqual(['a']);
});

/** Every operator against the plainest reading of it, over texts that try to be SQL, patterns and escapes. */
describe('operators', () => {
  const projectId = 'operators';
  const texts = [
    '',
    'a',
    'A',
    'ab',
    'aB c',
    '%',
    '_',
    'a%',
    "it's",
    "' OR 1 = 1 --",
    '\\',
    '\\n',
    'new\nline',
    'tab\tbed',
    '{p0:String}',
    'ümlaut Ä',
    '"q"',
    'a.b/c d',
    '\u0000nul',
    '😀',
  ];
  const rows = texts.map((value, index) => ({
    id: `o${index}`,
    text: value,
    number: index / 4,
    tags: texts.slice(index % 5, (index % 5) + (index % 4)),
    isRoot: index % 2 === 0,
    endTime: index % 3 === 0 ? null : base + index * second,
  }));
  beforeAll(async () => {
    await insertObservations(
      engines.columnar,
      rows.map(({ id, text, number, tags, isRoot, endTime }) => ({
        projectId,
        traceId: 't',
        id,
        startTime: base,
        columns: {
          status_message: text,
          input: text,
          metadata: { "k'ey": text },
          cost: { total: number },
          tags,
          parent_observation_id: isRoot ? '' : 'p',
          end_time: endTime === null ? null : at(endTime),
        },
      })),
    );
  });

  type Row = (typeof rows)[number];
  const folded = (value: string) => value.toLowerCase();
  const tokens = (value: string) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as the store splits
    value.split(/[\u0000-/:-@[-`{-\u007f]+/).filter(Boolean);
  const matches = (held: string, asked: string) =>
    tokens(asked).length === 0
      ? held.includes(asked)
      : tokens(asked).every((token) => tokens(held).includes(token));
  const holdsText = (operator: string, held: string, asked: string): boolean =>
    ({
      '=': held === asked,
      contains: held.includes(asked),
      'does not contain': !held.includes(asked),
      'starts with': held.startsWith(asked),
      'ends with': held.endsWith(asked),
      matches: matches(held, asked),
    })[operator]!;
  const compare = (operator: string, a: number, b: number): boolean =>
    ({ '=': a === b, '>': a > b, '<': a < b, '>=': a >= b, '<=': a <= b })[operator]!;

  const textValue = fc.constantFrom(...texts);
  const textOperator = fc.constantFrom(
    '=',
    'contains',
    'does not contain',
    'starts with',
    'ends with',
    'matches',
  );
  const cases: fc.Arbitrary<{ condition: Condition; holds: (row: Row) => boolean }> = fc.oneof(
    fc.tuple(textOperator, textValue).map(([operator, value]) => ({
      condition: { type: 'string', column: 'statusMessage', operator, value } as Condition,
      holds: (row: Row) => holdsText(operator, row.text, value),
    })),
    fc.tuple(textOperator, textValue).map(([operator, value]) => ({
      condition: { type: 'stringObject', column: 'metadata', key: "k'ey", operator, value } as Condition,
      holds: (row: Row) => holdsText(operator, row.text, value),
    })),
    textValue.map((value) => ({
      condition: { type: 'string', column: 'input', operator: 'matches', value } as Condition,
      holds: (row: Row) =>
        tokens(value).length === 0 ? row.text.includes(value) : matches(folded(row.text), folded(value)),
    })),
    fc
      .tuple(fc.constantFrom('=', '>', '<', '>=', '<='), fc.constantFrom(0, 0.25, 1, 2.5, -1))
      .map(([operator, value]) => ({
        condition: { type: 'number', column: 'totalCost', operator, value } as Condition,
        holds: (row: Row) => compare(operator, row.number, value),
      })),
    fc
      .tuple(fc.constantFrom('any of', 'none of'), fc.array(textValue, { minLength: 1 }))
      .map(([operator, value]) => ({
        condition: { type: 'stringOptions', column: 'statusMessage', operator, value } as Condition,
        holds: (row: Row) => value.includes(row.text) === (operator === 'any of'),
      })),
    fc
      .tuple(fc.constantFrom('any of', 'none of', 'all of'), fc.array(textValue, { maxLength: 3 }))
      .map(([operator, value]) => ({
        condition: { type: 'arrayOptions', column: 'tags', operator, value } as Condition,
        holds: (row: Row) =>
          operator === 'all of'
            ? value.every((tag) => row.tags.includes(tag))
            : value.some((tag) => row.tags.includes(tag)) === (operator === 'any of'),
      })),
    fc.tuple(fc.constantFrom('=', '<>'), fc.boolean()).map(([operator, value]) => ({
      condition: { type: 'boolean', column: 'isRootObservation', operator, value } as Condition,
      holds: (row: Row) => (row.isRoot === value) === (operator === '='),
    })),
    fc.constantFrom('is null', 'is not null').map((operator) => ({
      condition: { type: 'null', column: 'endTime', operator } as Condition,
      holds: (row: Row) => (row.endTime === null) === (operator === 'is null'),
    })),
    fc.tuple(fc.constantFrom('>', '<', '>=', '<='), fc.nat(20)).map(([operator, seconds]) => ({
      condition: {
        type: 'datetime',
        column: 'endTime',
        operator,
        value: new Date(base / 1000 + seconds * 1000).toISOString(),
      } as Condition,
      holds: (row: Row) => row.endTime !== null && compare(operator, row.endTime, base + seconds * second),
    })),
  );

  it('mean what they say, alone and together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cases, { minLength: 1, maxLength: 3 }), async (chosen) => {
        const filter = chosen.map(({ condition }) => condition);
        const expected = rows.filter((row) => chosen.every(({ holds }) => holds(row))).map(({ id }) => id);
        expect((await idsOf({ projectId, filter })).sort()).toEqual(expected.sort());
      }),
      { numRuns: 120 },
    );
  });
});
