import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  exampleOfKind,
  observationFields,
  parseSearch,
  scoreFields,
  sessionFields,
  traceFields,
} from './index';

const page = readFileSync(new URL('../../../../docs/search-language.md', import.meta.url), 'utf8');

it.each([
  ['traces', 'Fields of observations', traceFields],
  ['observations', 'Fields of scores', observationFields],
  ['scores', 'Fields of sessions', scoreFields],
  ['sessions', 'From a program', sessionFields],
])('the page lists every field of %s as it is', (table, next, catalogue) => {
  const section = page.slice(page.indexOf(`## Fields of ${table}`), page.indexOf(`## ${next}`));
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  expect(rows).toEqual(
    catalogue.fields.map(({ name, aliases, description, kind }) => [
      `\`${name}\``,
      aliases.map((alias) => `\`${alias}\``).join(', '),
      description,
      exampleOfKind[kind],
    ]),
  );
});

it('the queries of the page are understood', () => {
  const block = /```text\n(refund[^`]*)```/.exec(page)![1]!;
  const queries = block
    .trim()
    .split('\n')
    .map((line) => line.split(/ {3,}/)[0]!);
  expect(queries).toHaveLength(7);
  for (const query of queries) {
    expect(parseSearch(query, { catalogue: traceFields, now: 0 }), query).not.toBeNull();
  }
});
