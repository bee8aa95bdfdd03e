/**
 * A setting that a process is given by its environment: its name, what it is for, and the rule for its values.
 * What reads settings and what lists them in the documentation are made of the same definitions.
 */
export interface Setting<Value> {
  /** Ours first, then names that an installation of a peer has already; the first that is set counts. */
  names: readonly [string, ...string[]];
  kind: Kind<NonNullable<Value>>;
  what: string;
  required: boolean;
  fallback: Value | undefined;
}

export interface Kind<Value> {
  /** Completes "it must be …". */
  rule: string;
  /** A whole sentence. */
  fix: string;
  /** A value is never shown. */
  secret?: boolean;
  /** `undefined`: against the rule. */
  read(text: string): Value | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: settings of all kinds stand in one list, whatever they hold
export type Definitions = Record<string, Setting<any>>;
export type Values<Of extends Definitions> = {
  [Key in keyof Of]: Of[Key] extends Setting<infer Value> ? Value : never;
};
export type Environment = Record<string, string | undefined>;
type Names = readonly [string, ...string[]];

export const required = <Value>(names: Names, kind: Kind<Value>, what: string) =>
  ({ names, kind, what, required: true, fallback: undefined }) as Setting<Value>;

export const optional = <Value>(names: Names, kind: Kind<Value>, what: string) =>
  ({ names, kind, what, required: false, fallback: undefined }) as Setting<Value | undefined>;

export const preset = <Value>(names: Names, kind: Kind<Value>, fallback: Value, what: string) =>
  ({ names, kind, what, required: false, fallback }) as Setting<Value>;

/** Says of every setting that is wrong what it is called, what its rule is and what to do. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
  constructor(readonly problems: readonly string[]) {
    super(
      problems.length === 1
        ? problems[0]
        : `${problems.length} settings are wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}

/**
 * Throws `InvalidSettings` with all that is wrong at once. A variable that is set to nothing is as good as not set.
 * `check` adds what is wrong between settings; it is asked only when each of them is right.
 */
export function readSettings<Of extends Definitions>(
  definitions: Of,
  env: Environment,
  check: (values: Values<Of>) => string[] = () => [],
): Values<Of> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(definitions)) {
    const name = setting.names.find((candidate) => env[candidate]);
    if (name === undefined) {
      values[key] = setting.fallback;
      if (setting.required) problems.push(describeMissing(setting));
      continue;
    }
    values[key] = setting.kind.read(env[name]!);
    if (values[key] === undefined) problems.push(describeWrong(name, env[name]!, setting.kind));
  }
  const result = values as Values<Of>;
  if (problems.length === 0) problems.push(...check(result));
  if (problems.length > 0) throw new InvalidSettings(problems);
  return result;
}

/** What the process ends with that was started with wrong settings: `EX_CONFIG` of sysexits. */
export const wrongSettingsExitCode = 78;

/** For the entry of a process: what `read` finds wrong is said on standard error, and the process ends. */
export function settingsOrExit<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(wrongSettingsExitCode);
  }
}

const longestShown = 80;

function describeWrong(name: string, text: string, { rule, fix, secret }: Kind<unknown>): string {
  const shown = JSON.stringify(text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);
  return `${name} ${secret ? 'cannot be used as it is' : `is ${shown}`}: it must be ${rule}. ${fix}`;
}

function describeMissing({ names: [name], what, kind: { rule, fix } }: Setting<unknown>): string {
  return `${name} is not set (${what}). It must be ${rule}. ${fix}`;
}
