import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSettings, listSettings } from './settings-page';

const root = join(import.meta.dirname, '..', '..', '..');

/** Told by one process of ours to another, or of use in tests and set-up only. */
const internal =
  /^TRACEWELL_(COLUMNAR_\w+|FAILPOINTS|RESTARTS|TEST_\w+|CHROMIUM|PYTHON_CLIENTS|\w+_MIGRATIONS|INIT_)$/;

describe('docs/settings.md', () => {
  it('is what the definitions say: run `npm run generate -w @tracewell/tracewell` after a change', () => {
    expect(readFileSync(join(root, 'docs', 'settings.md'), 'utf8')).toBe(describeSettings());
  });

  it('has every variable that the code speaks of', () => {
    const known = new Set([...listSettings().values()].flatMap(({ setting }) => setting.names));
    const unknown = [...namesInCode()].filter((name) => !known.has(name) && !internal.test(name));
    expect(unknown).toEqual([]);
  });
});

function namesInCode(): Set<string> {
  const names = new Set<string>();
  for (const room of ['apps', 'packages']) {
    for (const path of sources(join(root, room))) {
      for (const [name] of readFileSync(path, 'utf8').matchAll(/\bTRACEWELL_[A-Z_0-9]+/g)) names.add(name);
    }
  }
  return names;
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', '.next'].includes(entry.name)) yield* sources(path);
    } else if (/\.tsx?$/.test(path) && !/\.test\.ts$/.test(path)) yield path;
  }
}
