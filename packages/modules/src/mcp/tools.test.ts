import { defineOperation, scopesOfProjectKey, scopesOfPublicKey } from '@tracewell/contract';
import { operations } from '@tracewell/contract/operations';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeInput, toRequest } from './tool-schema';
import { toolsFor } from './tools';

const operation = defineOperation({
  id: 'changeThing',
  method: 'PATCH',
  path: '/api/public/things/{thingId}',
  scope: 'evaluators:update',
  tag: 'Things',
  summary: 'Changes a thing.',
  params: z.object({ thingId: z.string() }),
  query: z.object({ tags: z.array(z.string()).optional(), filter: z.string().optional() }),
  body: z.object({ name: z.string(), size: z.number().optional() }),
  responses: { 200: z.object({}) },
});

describe('the tools', () => {
  it('only read, unless more is asked for', () => {
    const reading = toolsFor(operations, scopesOfProjectKey, 'read-only');
    expect(reading.length).toBeGreaterThan(10);
    for (const {
      name,
      operation: { method },
      annotations,
    } of reading) {
      expect([method, annotations.readOnlyHint], name).toEqual(['GET', true]);
    }
    const names = toolsFor(operations, scopesOfProjectKey, 'read-write').map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['createScore', 'deleteTrace', 'createEvaluator', 'getHealth']),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('are those the key may call, and none that takes telemetry', () => {
    expect(toolsFor(operations, scopesOfPublicKey, 'read-write').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['createScore']),
    );
    for (const { operation: each } of toolsFor(operations, scopesOfProjectKey, 'read-write')) {
      expect(each.scope).not.toMatch(/^mcp:|^traces:ingest|^organization|^instance|^signed-in/);
      expect(each.path).toMatch(/^\/api\/public\//);
    }
  });

  it('take a flat object that clients can check', () => {
    for (const { name, input } of toolsFor(operations, scopesOfProjectKey, 'read-write')) {
      expect(input.schema.type, name).toBe('object');
      expect(JSON.stringify(input.schema), name).not.toContain('components/schemas');
      for (const [, reference] of JSON.stringify(input.schema).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)) {
        expect(input.schema.$defs, name).toHaveProperty(reference!);
      }
    }
  });
});

describe('a call', () => {
  const input = describeInput(operation);

  it('is the request of its operation', () => {
    expect(input.schema.required).toEqual(['thingId', 'name']);
    expect(
      toRequest(operation, input, {
        thingId: 'a/b',
        tags: ['x', 'y'],
        filter: [{ a: 1 }],
        name: 'n',
        size: 1,
      }),
    ).toEqual({
      method: 'PATCH',
      path: '/api/public/things/a%2Fb?tags=x&tags=y&filter=%5B%7B%22a%22%3A1%7D%5D',
      body: { name: 'n', size: 1 },
    });
  });

  it('is refused with an argument that is unknown, or without one the path needs', () => {
    expect(() => toRequest(operation, input, { thingId: 'a', colour: 1 })).toThrow(
      'takes no argument colour',
    );
    expect(() => toRequest(operation, input, { name: 'n' })).toThrow('needs the argument thingId');
  });

  it('carries a body that is no plain object as one argument', () => {
    const either = {
      ...operation,
      body: z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
    };
    const wrapped = describeInput(either);
    expect(toRequest(either, wrapped, { thingId: 'a', body: { b: 'x' } }).body).toEqual({ b: 'x' });
  });
});
