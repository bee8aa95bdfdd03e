import type { Kind } from './setting';

/** The kinds of values that settings have. */
export const text = (example: string): Kind<string> => ({
  rule: 'a text',
  fix: `Set it to something like \`${example}\`.`,
  read: (value) => value,
});

/** One that nobody may see; `fix` says where it comes from. */
export const secretText = (fix: string): Kind<string> => ({
  rule: 'a secret text',
  fix,
  secret: true,
  read: (value) => value,
});

export const pattern = (expression: RegExp, rule: string, fix: string, secret = false): Kind<string> => ({
  rule,
  fix,
  secret,
  read: (value) => (expression.test(value) ? value : undefined),
});

export const integer = (least: number, most: number, example: number): Kind<number> => ({
  rule: `a whole number from ${least} to ${most}`,
  fix: `Set it to something like \`${example}\`.`,
  read: (value) =>
    /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
});

/** 0 takes any port that is free. */
export const portNumber = (example: number): Kind<number> => integer(0, 65_535, example);

export const flag: Kind<boolean> = {
  rule: '`true` or `false`',
  fix: 'Set it to one of the two, or leave it out.',
  read: (value) => ({ true: true, '1': true, false: false, '0': false })[value.toLowerCase()],
};

export const choice = <const Value extends string>(...values: readonly Value[]): Kind<Value> => ({
  rule: `one of ${values.map((value) => `\`${value}\``).join(', ')}`,
  fix: 'Set it to one of these, or leave it out.',
  read: (value) => values.find((candidate) => candidate === value),
});

/** A URL may hold a password: it is a secret wherever `secret` says so. */
export const url = (schemes: readonly string[], example: string, secret = false): Kind<string> => ({
  rule: `a URL that begins with ${schemes.map((scheme) => `\`${scheme}://\``).join(' or ')}`,
  fix: `Set it to something like \`${example}\`.`,
  secret,
  read: (value) =>
    schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value) ? value : undefined,
});

const generate = 'Set it to the output of `openssl rand -hex 32`, the same for every process.';
/** One character over and over stands in examples. */
const isRepetition = (value: string) => /^(.)\1*$/.test(value);

export const encryptionKey: Kind<string> = {
  rule: '64 hex digits that nobody knows',
  fix: generate,
  secret: true,
  read: (value) => (/^[0-9a-f]{64}$/i.test(value) && !isRepetition(value) ? value : undefined),
};

export const minSecretLength = 32;

export const generatedSecret: Kind<string> = {
  rule: `at least ${minSecretLength} characters that nobody knows`,
  fix: generate,
  secret: true,
  read: (value) => (value.length >= minSecretLength && !isRepetition(value) ? value : undefined),
};
