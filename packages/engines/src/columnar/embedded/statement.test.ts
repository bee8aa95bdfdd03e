import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasNoBlankLine } from './execute';
import { readStatementShape } from './statement';

describe('readStatementShape', () => {
  it.each([
    ['INSERT INTO t FORMAT JSONEachRow\n{"a":1}', 'INSERT INTO t', '', 'JSONEachRow', '{"a":1}'],
    ['insert into d.t (a, `format`) format CSV 1,2', 'insert into d.t (a, `format`)', '', 'CSV', '1,2'],
    [
      "INSERT INTO t SETTINGS a = 'FORMAT x' FORMAT TSV\n\n",
      'INSERT INTO t',
      "SETTINGS a = 'FORMAT x'",
      'TSV',
      '',
    ],
    ['INSERT INTO t VALUES (1)', 'INSERT INTO t', '', 'Values', '(1)'],
    [
      '-- VALUES\nINSERT /* FORMAT x */ INTO t FORMAT TSV;',
      '-- VALUES\nINSERT /* FORMAT x */ INTO t',
      '',
      'TSV',
      '',
    ],
    [
      "INSERT INTO FUNCTION file('FORMAT', 'CSV') FORMAT TSV\n;x",
      "INSERT INTO FUNCTION file('FORMAT', 'CSV')",
      '',
      'TSV',
      ';x',
    ],
  ])('finds the data of %j', (text, head, settings, format, data) => {
    const shape = readStatementShape(text);
    expect(shape).toMatchObject({ kind: 'insert-data', head, settings, format });
    if (shape.kind === 'insert-data') expect(text.slice(shape.dataAt)).toBe(data);
  });

  it.each([
    ['SELECT 1', 'SELECT', undefined, false],
    ['SELECT 1 FORMAT JSON', 'SELECT', 'JSON', false],
    ["SELECT 'FORMAT x' FORMAT JSON SETTINGS a = 1;", 'SELECT', 'JSON', false],
    ['select format from t', 'SELECT', undefined, false],
    ['SELECT 1; DROP TABLE x', 'SELECT', undefined, true],
    ["SELECT ';' -- ; x", 'SELECT', undefined, false],
    ['INSERT INTO t SELECT 1 FORMAT Null', 'INSERT', 'Null', false],
    ["INSERT INTO t FROM INFILE 'x' FORMAT CSV", 'INSERT', 'CSV', false],
    ['', '', undefined, false],
  ])('sees no data in %j', (text, verb, format, hasSeparator) => {
    const shape = readStatementShape(text);
    expect(shape.kind).toBe('other');
    if (shape.kind !== 'other') return;
    expect(shape.verb).toBe(verb);
    expect(shape.hasSeparator).toBe(hasSeparator);
    if (verb !== 'SELECT' || !/format from/.test(text)) expect(shape.format).toBe(format);
  });

  it('ends, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        readStatementShape(`INSERT INTO t ${text}`);
        readStatementShape(text);
      }),
    );
    readStatementShape(`SELECT '${'\\'.repeat(200_000)}`);
    readStatementShape(`SELECT ${'('.repeat(200_000)}`);
  });
});

describe('hasNoBlankLine', () => {
  it('holds for lines of JSON.stringify, whatever they say, and for nothing with a blank line', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
        const lines = values.map((value) => JSON.stringify({ value }));
        expect(hasNoBlankLine(Buffer.from(`${lines.join('\n')}\n`))).toBe(true);
      }),
    );
    for (const text of ['\n', ' {"a":1}', '{}\n\n{}', '{}\n \n{}', '{}\r\n\r\n{}', '{}\n\t']) {
      expect(hasNoBlankLine(Buffer.from(text)), JSON.stringify(text)).toBe(false);
    }
  });
});
