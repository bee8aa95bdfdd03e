import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * The Python SDKs of three generations, unmodified, each against a started instance. `tools/python-clients.sh`
 * installs them; a machine without them leaves these tests out and says so.
 */
const here = dirname(fileURLToPath(import.meta.url));
const environments =
  process.env.TRACEWELL_PYTHON_CLIENTS ?? join(here, '..', '..', '..', '..', '.cache', 'python-clients');
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
  const python = join(environments, version, 'bin', 'python');
  const isMissing = !existsSync(python);
  describe.skipIf(isMissing)(
    `langfuse Python ${version}${isMissing ? ' (left out: not installed)' : ''}`,
    () => {
      let instance: Instance;
      beforeAll(async () => {
        instance = await startInstance();
      });
      afterAll(() => instance?.dispose());

      it('reads back what it wrote, and has nothing to warn of', async () => {
        const { code, stdout, stderr } = await run(python, join(here, 'python', script), instance);
        expect(
          stderr.replace(/^.*NotOpenSSLWarning.*$/gm, '').trim(),
          'warnings and errors of the client',
        ).toBe('');
        expect(code).toBe(0);
        expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject(expectations[version]!);
      }, 120_000);
    },
  );
}

function run(python: string, script: string, instance: Instance) {
  const child = spawn(python, [script], {
    env: {
      PATH: process.env.PATH,
      LANGFUSE_HOST: instance.url,
      LANGFUSE_BASE_URL: instance.url,
      LANGFUSE_PUBLIC_KEY: instance.publicKey,
      LANGFUSE_SECRET_KEY: instance.secretKey,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
