import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Holds the arrows of the house: who may import whom. A rule here is the rule; ARCHITECTURE.md only tells it.
 */
const root = dirname(import.meta.dirname);

/** What the rooms may import of ours. A room named with a path means that folder of it alone. */
const allowed: { from: string; may: string[] }[] = [
  { from: 'packages/domain', may: [] },
  { from: 'packages/engines', may: [] },
  { from: 'packages/schema', may: ['domain', 'engines'] },
  { from: 'packages/contract', may: ['domain'] },
  { from: 'packages/ingest/src/receive', may: ['domain', 'engines ports'] },
  { from: 'packages/ingest/src/write', may: ['domain', 'engines ports'] },
  { from: 'packages/ingest/src/pipeline.ts', may: ['domain', 'engines ports'] },
  { from: 'packages/ingest', may: ['domain'] },
  { from: 'packages/query', may: ['domain', 'engines ports'] },
  { from: 'packages/modules', may: ['domain', 'contract', 'query', 'engines ports', 'schema', 'ingest'] },
  // A client of two servers, like any other: it knows the wire and no store.
  { from: 'packages/move', may: ['domain', 'contract'] },
  // A client as well, by the same means.
  { from: 'packages/seed', may: ['move'] },
  { from: 'packages/ui', may: [] },
  {
    from: 'packages/testkit',
    may: ['domain', 'engines', 'schema', 'ingest', 'query', 'modules', 'contract'],
  },
  // The composition roots may import everything; the browser side of the web owns no data.
  { from: 'apps/web/src/app', may: ['domain', 'contract', 'ui'] },
  { from: 'apps/web/src/features', may: ['domain', 'contract', 'ui'] },
  { from: 'apps/web/src/api-client', may: ['domain', 'contract'] },
  { from: 'apps/web', may: ['*'] },
  { from: 'apps/worker', may: ['*'] },
  { from: 'apps/tracewell', may: ['*'] },
];

const bannedNames = [
  'utils',
  'helpers',
  'common',
  'shared',
  'misc',
  'manager',
  'processor',
  'service',
  'legacy',
];

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    if (['node_modules', 'dist', '.next', '.turbo', 'corpus', 'fixtures'].includes(name)) continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(ts|tsx)$/.test(name) && !name.endsWith('.d.ts')) yield relative(root, path);
  }
}

const files = [...sources(join(root, 'packages')), ...sources(join(root, 'apps'))];
const isTest = (file: string) => /\.(test|bench)\.tsx?$|\/(testing|journeys)\/|conformance/.test(file);

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import|import\()\s*['"]([^'"\n]+)['"]/g)].map((match) => match[1]!);
}

/** `@tracewell/engines/queue/port` → `engines ports`; a relative import that leaves its room is one as well. */
function roomOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('@tracewell/')) {
    const [, room, ...rest] = specifier.split('/');
    return room === 'engines' && rest.at(-1) === 'port' ? 'engines ports' : room!;
  }
  if (!specifier.startsWith('.')) return null;
  const target = normalize(join(dirname(file), specifier));
  const [kind, room] = target.split('/');
  const [ownKind, ownRoom] = file.split('/');
  return kind === ownKind && room === ownRoom ? null : `${kind}/${room} by a relative path`;
}

describe('architecture', () => {
  it('has no arrow but those of the plan', () => {
    const broken = files
      .filter((file) => !isTest(file))
      .flatMap((file) => {
        const rule = allowed.find(({ from }) => file === from || file.startsWith(`${from}/`));
        if (!rule) return [`${file}: lies in no room`];
        const own = file.split('/')[1];
        return importsOf(file)
          .map((specifier) => roomOf(file, specifier))
          .filter((room) => room !== null && room !== own)
          .filter(
            (room) =>
              !rule.may.includes('*') &&
              !rule.may.includes(room!) &&
              !(room === 'engines ports' && rule.may.includes('engines')),
          )
          .map(
            (room) =>
              `${file} imports ${room}; ${rule.from} may import ${rule.may.join(', ') || 'nothing of ours'}`,
          );
      });
    expect(broken).toEqual([]);
  });

  it('asks a module only for what its index.ts offers', () => {
    const broken = files
      .filter((file) => file.startsWith('packages/modules/src/') && !isTest(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => normalize(join(dirname(file), specifier)))
          .filter(
            (target) =>
              target.split('/')[3] !== file.split('/')[3] &&
              target.split('/').length > 4 &&
              !target.endsWith('/index'),
          )
          .map((target) => `${file} reaches into ${target}`),
      );
    expect(broken).toEqual([]);
  });

  it('keeps the pure rooms pure: no I/O, clock or randomness in domain, dialects, folds and enrichment', () => {
    const pure = [
      'packages/domain/src/',
      'packages/ingest/src/normalise/',
      'packages/ingest/src/fold/',
      'packages/ingest/src/enrich/',
    ];
    const broken = files
      .filter((file) => pure.some((folder) => file.startsWith(folder)) && !isTest(file))
      .flatMap((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        return [
          'Date.now(',
          'Math.random(',
          'randomUUID(',
          "'node:fs",
          "'node:net",
          "'node:http",
          'process.env',
        ]
          .filter((word) => text.includes(word))
          .map((word) => `${file} uses ${word}`);
      });
    expect(broken).toEqual([]);
  });

  it('names files and folders in kebab-case, by what they are', () => {
    const broken = files.flatMap((file) =>
      file
        .split('/')
        .map((part) => part.replace(/(\.(test|bench|d|config))?\.(ts|tsx)$/, ''))
        .filter(
          (part) =>
            bannedNames.includes(part) || !/^(\[+(\.\.\.)?\w+\]+|\(?[a-z0-9-]+\)?|_[a-z-]+)$/.test(part),
        )
        .map((part) => `${file}: "${part}"`),
    );
    expect(broken).toEqual([]);
  });
});
