import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Instance } from '@tracewell/testkit/instance';

/**
 * A program of a Python client, unmodified, run in one of the environments that `tools/python-clients.sh` installs.
 * A machine without them leaves the tests out and says so.
 */
export interface PythonClient {
  title: string;
  isMissing: boolean;
  /** Runs `python/<script>`; gives the JSON value of its last line, and everything it had to warn of. */
  run(script: string, instance: Instance, env?: Record<string, string>): Promise<PythonAnswer>;
}

export interface PythonAnswer {
  code: number | null;
  /** `undefined` when it did not come so far. */
  value: unknown;
  warnings: string;
}

const here = dirname(fileURLToPath(import.meta.url));
const environments =
  process.env.TRACEWELL_PYTHON_CLIENTS ?? join(here, '..', '..', '..', '..', '.cache', 'python-clients');

/** Of urllib3, on a machine whose Python is built with another TLS library: nothing to do with a server. */
const foreignWarning = /^.*NotOpenSSLWarning.*$/gm;

export function findPythonClient(environment: string, title = environment): PythonClient {
  const python = join(environments, environment, 'bin', 'python');
  const isMissing = !existsSync(python);
  return {
    title: `${title}${isMissing ? ' (left out: not installed)' : ''}`,
    isMissing,
    async run(script, instance, env) {
      const { code, stdout, stderr } = await runToEnd(python, [join(here, 'python', script)], {
        PATH: process.env.PATH,
        LANGFUSE_HOST: instance.url,
        LANGFUSE_BASE_URL: instance.url,
        LANGFUSE_PUBLIC_KEY: instance.publicKey,
        LANGFUSE_SECRET_KEY: instance.secretKey,
        PYTHONDONTWRITEBYTECODE: '1',
        ...env,
      });
      const last = stdout.trim().split('\n').at(-1)!;
      return {
        code,
        value: code === 0 ? JSON.parse(last) : undefined,
        warnings: stderr.replace(foreignWarning, '').trim(),
      };
    },
  };
}

function runToEnd(command: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
