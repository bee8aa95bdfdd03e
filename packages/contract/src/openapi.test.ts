import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeApi } from './openapi';
import { operations } from './operations';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));

describe('openapi.json', () => {
  it('is what the operations say: run `npm run generate -w @tracewell/contract` after a change', () => {
    expect(describeApi(operations, read('package.json').version)).toEqual(read('openapi.json'));
  });

  it('names every operation once, and every method of a path once', () => {
    const ids = operations.map(({ id }) => id);
    const routes = operations.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('declares every placeholder of a path', () => {
    for (const { id, path, params } of operations) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const shape = params && 'shape' in params ? Object.keys(params.shape as object) : [];
      expect(shape.sort(), id).toEqual(names.sort());
    }
  });

  it('keeps references within the document', () => {
    const document = read('openapi.json');
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!);
  });
});
