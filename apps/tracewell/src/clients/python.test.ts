import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPythonClient } from './python-client';

/**
 * The Python SDKs of three generations, unmodified, each against a started instance.
 */
const generations = [
  { version: '2.60.10', script: 'v2.py' },
  { version: '3.14.6', script: 'v3.py' },
  { version: '4.18.0', script: 'v3.py' },
];

const common = {
  hasCost: true,
  scores: [['correct', 1, 'BOOLEAN', 'checked']],
  listed: true,
  session: true,
  prompt: ['Hello Ada', 1, { t: 1 }, ['production', 'latest']],
  items: [[{ q: 1 }, { a: 2 }]],
  run: ['first run', 1],
};
const expectations: Record<string, object> = {
  '2.60.10': {
    ...common,
    trace: ['support', 'ada', 's-py2', ['a', 'b'], { q: 1 }, { a: 2 }],
    metadata: { shop: '7' },
    tree: { retrieve: false, chat: true },
    types: { retrieve: 'SPAN', chat: 'GENERATION' },
    chat: ['gpt-4o', [{ role: 'user', content: 'hi' }], { role: 'assistant', content: 'hello' }, 10, 20, 30],
  },
  '3.14.6': {
    ...common,
    trace: ['support', 'ada', 's-py', ['a', 'b'], { q: 1 }, { a: 2 }],
    shop: '7',
    isChild: true,
    types: { support: 'SPAN', chat: 'GENERATION' },
  },
  '4.18.0': {
    ...common,
    trace: ['support', 'ada', 's-py', ['a', 'b'], { q: 1 }, { a: 2 }],
    shop: '7',
    isChild: true,
    types: { support: 'AGENT', chat: 'GENERATION' },
  },
};

for (const { version, script } of generations) {
  const client = findPythonClient(version, `langfuse Python ${version}`);
  describe.skipIf(client.isMissing)(client.title, () => {
    let instance: Instance;
    beforeAll(async () => {
      instance = await startInstance();
    });
    afterAll(() => instance?.dispose());

    it('reads back what it wrote, and has nothing to warn of', async () => {
      const { code, value, warnings } = await client.run(script, instance);
      expect(warnings, 'warnings and errors of the client').toBe('');
      expect(code).toBe(0);
      expect(value).toMatchObject(expectations[version]!);
    }, 120_000);
  });
}
