import { describe, expect, it } from 'vitest';
import { compileSchema } from './compile-schema';

const judge = (schema: Record<string, unknown>, value: unknown) =>
  compileSchema('inputSchema', schema)(value);

describe('compileSchema', () => {
  it('says where a value breaks which rule', () => {
    const schema = {
      type: 'object',
      required: ['question'],
      properties: { question: { type: 'string' }, options: { type: 'array', items: { type: 'integer' } } },
    };
    expect(judge(schema, { question: 'why?', options: [1, 2] })).toBeNull();
    expect(judge(schema, { question: 'why?', options: [1, 'two'] })).toEqual({
      path: '/options/1',
      message: 'must be integer',
    });
    expect(judge(schema, null)).toEqual({ path: '', message: 'must be object' });
    expect(judge(schema, {})?.message).toContain("'question'");
  });

  it('takes draft-07 where the schema says so, and formats', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      definitions: { mail: { type: 'string', format: 'email' } },
      items: [{ $ref: '#/definitions/mail' }],
    };
    expect(judge(schema, ['ada@example.org'])).toBeNull();
    expect(judge(schema, ['ada'])?.path).toBe('/0');
    expect(
      judge({ $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [{ const: 1 }] }, [2])
        ?.path,
    ).toBe('/0');
  });

  it('takes a schema of a tree', () => {
    const schema = { type: 'object', properties: { children: { items: { $ref: '#' } } } };
    expect(judge(schema, { children: [{ children: [] }] })).toBeNull();
    expect(judge(schema, { children: [{ children: ['leaf'] }] })?.path).toBe('/children/0/children/0');
  });

  it('refuses what is no schema, naming it', () => {
    expect(() => judge({ type: 'strng' }, 1)).toThrow(/^inputSchema is no JSON Schema.*type/);
    expect(() => judge({ $ref: 'https://elsewhere.example/schema.json' }, 1)).toThrow(/reference/);
    expect(() => judge({ $async: true }, 1)).toThrow(/\$async/);
    expect(() => judge({ pattern: '(?=look)ahead' }, 'a')).toThrow(/inputSchema is no JSON Schema/);
  });

  it('matches several patterns, each in linear time', () => {
    const schema = { properties: { a: { pattern: '^(a+)+$' }, b: { pattern: '^b$' } } };
    expect(judge(schema, { a: 'aaa', b: 'b' })).toBeNull();
    expect(judge(schema, { a: 'aaa', b: 'a' })?.path).toBe('/b');
    expect(judge(schema, { a: `${'a'.repeat(50_000)}!` })?.path).toBe('/a');
  });

  it('stops a schema that asks for ages', () => {
    const endless = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
    expect(() => judge(endless, 1)).toThrow(/Maximum call stack/);
    expect(judge({ allOf: [{ $ref: '#' }] }, 1)?.message).toContain('cannot be checked');
    const pairs = judge(
      { uniqueItems: true },
      Array.from({ length: 20_000 }, (_, index) => ({ index: [index] })),
    );
    expect(pairs?.message).toContain('takes longer');
  });
});
