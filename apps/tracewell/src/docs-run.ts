import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDifference } from './docs-output';
import type { Example, Page } from './docs-pages';

/**
 * Runs the examples of a page as a reader would: one terminal for all of its shell blocks, so that a variable set in
 * one is there in the next, and a program of its own for each JavaScript and Python block.
 */
const app = join(dirname(fileURLToPath(import.meta.url)), '..');
const python = join(
  process.env.TRACEWELL_PYTHON_CLIENTS ?? join(app, '..', '..', '.cache', 'python-clients'),
  '4.18.0',
  'bin',
  'python',
);
export const isPythonMissing = !existsSync(python);

const maxRunMs = 60_000;
/** How long a repeated example has until it prints what the page shows, and what lies between two tries. */
const maxRepeatedMs = 30_000;
const pauseMs = 300;

/** Throws on the first example that fails, warns, or prints something else; its message names page and line. */
export async function runPage(
  { name, examples }: Page,
  env: Record<string, string>,
  look: (example: Example, run: Run) => void = () => {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tracewell-docs-'));
  try {
    for (const example of examples) {
      if (example.language === 'python' && isPythonMissing) continue;
      await runExample(example, folder, env, look).catch((error: Error) => {
        throw new Error(`docs/${name}:${example.line}: ${error.message}`);
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runExample(
  example: Example,
  folder: string,
  env: Record<string, string>,
  look: (example: Example, run: Run) => void,
): Promise<void> {
  const deadline = Date.now() + maxRepeatedMs;
  for (;;) {
    const run = await runOnce(example, folder, env);
    look(example, run);
    const fault = findFault(example, run);
    if (fault === null) return;
    if (!example.isRepeated || Date.now() > deadline) {
      const { stdout, stderr } = run;
      throw new Error(`${fault}\nIt printed:\n${stdout}${stderr && `And on stderr:\n${stderr}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function findFault({ expected }: Example, { code, stdout, stderr }: Run): string | null {
  if (code !== 0) return `exit code ${code}`;
  if (stderr.trim() !== '') return 'it warns of something';
  const difference = expected ? findDifference(stdout, expected) : null;
  return difference === null ? null : `not what the page shows: ${difference}`;
}

/** Programs see what the terminal exported. */
const inEnvironment = '[ ! -e "$0" ] || . "$0"; exec "$@"';
const programs: Record<Example['language'], { command: string[]; isInApp?: boolean }> = {
  sh: { command: ['bash', '-s'] },
  // Where the SDKs are installed.
  js: { command: [process.execPath, '--input-type=module', '-'], isInApp: true },
  python: { command: [python, '-'] },
};

function runOnce({ language, code }: Example, folder: string, env: Record<string, string>): Promise<Run> {
  const { command, isInApp } = programs[language];
  const variables = join(folder, '.variables');
  const { PATH, HOME, LANG = 'C.UTF-8' } = process.env;
  const child = spawn('bash', ['-c', inEnvironment, variables, ...command], {
    cwd: isInApp ? app : folder,
    env: { PATH, HOME, LANG, PYTHONDONTWRITEBYTECODE: '1', ...env },
    timeout: maxRunMs,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.on('error', () => {}).end(language === 'sh' ? inTerminalOf(variables, code) : code);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ code: exitCode, stdout, stderr }));
  });
}

/** Strict, as nobody looks on. All variables are handed on to the next block, exported or not as they are. */
const inTerminalOf = (variables: string, code: string): string => `set -euo pipefail
[ ! -e '${variables}' ] || . '${variables}'
${code}
declare -p | grep -vE '^declare -[a-zA-Z]*r|^declare -[^ ]+ (BASH|FUNCNAME|DIRSTACK|GROUPS|PWD|OLDPWD|SHLVL|_)' > '${variables}'
`;
