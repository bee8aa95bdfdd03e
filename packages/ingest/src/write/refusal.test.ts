import { ColumnarError, ColumnarUnavailable } from '@tracewell/engines/columnar/port';
import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causeOf, isRowFault, rowFaultCodes } from './refusal';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

const fault = async (over: object, table = 'observations'): Promise<unknown> => {
  const row = { project_id: 'p', id: 'i', start_time: '2024-01-01 00:00:00', row_version: 1, ...over };
  return engines.columnar
    .insert({ name: 'test', table, rows: [JSON.stringify(row)] })
    .then(() => null)
    .catch((error: unknown) => error);
};

describe('refusal', () => {
  it('names its codes as the store does', async () => {
    const rows = await engines.columnar.query<{ code: number; name: string }>({
      name: 'test',
      sql: 'SELECT toInt32(arrayJoin({codes:Array(Int32)})) AS code, errorCodeToName(code) AS name',
      params: { codes: [...rowFaultCodes.keys()] },
    });
    expect(new Map(rows.map(({ code, name }) => [code, name]))).toEqual(rowFaultCodes);
  });

  it.each([
    ['a word that is none of the enum', { level: 'LOUD' }, 'UNKNOWN_ELEMENT_OF_ENUM'],
    ['no date', { start_time: '2024-99-99 00:00:00' }, 'CANNOT_PARSE_DATETIME'],
    ['a negative count', { row_version: -1 }, 'CANNOT_PARSE_NUMBER'],
    ['text for a number', { usage: { total: 'many' } }, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED'],
    ['text for a list', { tags: 'one' }, 'CANNOT_READ_ARRAY_FROM_TEXT'],
    ['text for a bool', { is_app_root: 'maybe' }, 'CANNOT_PARSE_BOOL'],
    ['half a surrogate pair', { name: '\ud800' }, 'CANNOT_PARSE_ESCAPE_SEQUENCE'],
  ])('takes %s for a fault of the row', async (_, over, cause) => {
    const error = await fault(over);
    expect(isRowFault(error)).toBe(true);
    expect(causeOf(error)).toBe(cause);
  });

  it('takes a missing table or column for a fault of the store', async () => {
    const noTable = await fault({}, 'nothing');
    const noColumn = await fault({ no_such_column: 1 });
    expect([noTable, noColumn].map(isRowFault)).toEqual([false, false]);
    expect([noTable, noColumn].map(causeOf)).toEqual(['UNKNOWN_TABLE', 'UNKNOWN_FIELD']);
  });

  it('takes whatever it does not know for a fault of the store', () => {
    const codes = [16, 36, 47, 60, 81, 164, 241, 242, 497, 516, 1_000_000];
    expect(codes.filter((code) => isRowFault(new ColumnarError('no', code)))).toEqual([]);
    expect(isRowFault(new ColumnarUnavailable('away'))).toBe(false);
    expect(causeOf(new ColumnarUnavailable('away'))).toBe('NO_ANSWER');
    expect(causeOf(new ColumnarError('no', 4242))).toBe('CODE_4242');
  });
});
