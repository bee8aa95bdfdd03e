import { describeApi } from '@tracewell/contract/openapi';
import { operations } from '@tracewell/contract/operations';
import { describe, expect, it } from 'vitest';
import { type ApiDocument, renderPage } from './reference/render-page';
import { renderSchema } from './reference/render-schema';

const document = describeApi(operations, '1.2.3') as unknown as ApiDocument;

describe('the reference page', () => {
  const page = renderPage(document, 'http://localhost:3000');

  it('has every operation and every schema, once', () => {
    for (const { id } of operations) {
      expect(page.split(`<section id="${id}">`), id).toHaveLength(2);
    }
    for (const name of Object.keys(document.components.schemas)) {
      expect(page).toContain(`<section id="schema-${name}">`);
    }
  });

  it('links nowhere that is not on the page, and fetches nothing', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(target);
    expect(page).not.toMatch(/<script|<link|<img| src=|@import|url\(/);
  });

  it('shows text as text', () => {
    const hostile = structuredClone(document);
    const [first] = Object.values(hostile.paths);
    Object.values(first!)[0]!.summary = '<script>alert(1)</script>';
    expect(renderPage(hostile, 'http://localhost')).not.toContain('<script>');
  });
});

describe('a schema', () => {
  it.each([
    [{ type: 'string', minLength: 1, maxLength: 9 }, 'string <i>1…9</i>'],
    [{ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }, 'integer'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, '(&quot;a&quot; | &quot;b&quot;)[]'],
    [
      { anyOf: [{ $ref: '#/components/schemas/Trace' }, { type: 'null' }] },
      '<a href="#schema-Trace">Trace</a> | null',
    ],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [key]: number }'],
    [{}, 'any'],
    [
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'boolean', default: true } },
        required: ['a'],
      },
      '{\n  <b>a</b>: string\n  <b>b</b><i>?</i>: boolean <i>= true</i>\n}',
    ],
  ])('%j', (schema, text) => expect(renderSchema(schema)).toBe(text));
});
