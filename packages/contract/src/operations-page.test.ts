import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operations } from './operations';
import { describeOperations } from './operations-page';

const page = describeOperations(operations);
const rowOf = (route: string) =>
  page
    .split('\n')
    .find((line) => line.startsWith(`| \`${route}\``))
    ?.split('|')
    .map((cell) => cell.trim())
    .slice(2, -1);

describe('docs/api-operations.md', () => {
  it('is what the operations say: run `npm run generate -w @tracewell/contract` after a change', () => {
    expect(page).toBe(readFileSync(new URL('../../../docs/api-operations.md', import.meta.url), 'utf8'));
  });

  it('has each operation once', () => {
    const rows = page.split('\n').filter((line) => /^\| `[A-Z]+ \//.test(line));
    expect(rows).toHaveLength(operations.length);
    for (const { method, path } of operations) expect(rowOf(`${method} ${path}`), path).toBeDefined();
  });

  it.each([
    ['GET /api/public/v3/scores', ['`listScoresV3`', '`scores:read`', '200', 'v3', 'reads', '']],
    ['GET /api/public/v2/scores', ['`listScoresV2`', '`scores:read`', '200', 'v2', '', 'yes']],
    ['DELETE /api/public/scores/{scoreId}', ['`deleteScore`', '`scores:delete`', '202', 'v1', 'writes', '']],
    [
      'POST /api/admin/organizations',
      ['`createOrganization`', '`instance:administer`', '201', 'instance', '', ''],
    ],
    [
      'PUT /api/public/llm-connections',
      ['`upsertLlmConnection`', '`llm-connections:upsert`', '200, 201', 'v1', 'writes', ''],
    ],
  ])('says of %s what its operation says', (route, cells) => {
    expect(rowOf(route)).toEqual(cells);
  });
});
