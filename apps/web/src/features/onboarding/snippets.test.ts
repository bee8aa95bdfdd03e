import { expect, it } from 'vitest';
import { makeEnvLines, makeSnippets, randomId } from './snippets';

const input = {
  host: 'http://localhost:3000',
  publicKey: 'pk-1',
  secretKey: 'sk-1',
  id: 'ab'.repeat(16),
  now: '2026-11-24T10:00:00.000Z',
};

it('fits a first trace into five lines, with the real key in each', () => {
  for (const { code } of makeSnippets(input)) {
    expect(code.split('\n')).toHaveLength(5);
    for (const part of ['pk-1', 'sk-1', 'http://localhost:3000']) expect(code).toContain(part);
  }
});
it('sends a body with curl that is one JSON batch', () => {
  const curl = makeSnippets(input).find((snippet) => snippet.id === 'curl');
  const body: unknown = JSON.parse(/-d '([\s\S]*)'/.exec(curl?.code ?? '')?.[1] ?? '');
  expect(body).toMatchObject({ batch: [{ type: 'trace-create', body: { id: input.id, name: 'hello' } }] });
});
it('gives ids of 32 hexadecimal digits', () => expect(randomId()).toMatch(/^[0-9a-f]{32}$/));
it('gives lines a shell and a .env file both read', () =>
  expect(makeEnvLines('http://h', 'pk', 'sk').split('\n')).toEqual([
    'LANGFUSE_PUBLIC_KEY="pk"',
    'LANGFUSE_SECRET_KEY="sk"',
    'LANGFUSE_HOST="http://h"',
    'LANGFUSE_BASE_URL="http://h"',
  ]));
