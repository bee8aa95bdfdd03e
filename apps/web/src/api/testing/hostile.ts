/** Values that programs send by mistake or on purpose, chosen by a seed: the same seed makes the same values. */

export interface Dice {
  /** A whole number from 0 up to, not including, `below`. */
  number(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(percent: number): boolean;
}

/** mulberry32: small, and good enough to wander with. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number) => Math.floor(next() * below);
  return {
    number,
    pick: (items) => items[number(items.length)]!,
    chance: (percent) => number(100) < percent,
  };
}

export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '💥'.repeat(50),
  'ﷺ\u202e\u200b\ufeff',
  'x'.repeat(300),
  'y'.repeat(20_000),
  "'; DROP TABLE traces; --",
  '\\',
  '%',
  '%00',
  '_',
  '{',
  '[]',
  '{}',
  'null',
  'undefined',
  'NaN',
  'true',
  '-1',
  '0',
  '1e400',
  '99999999999999999999999999',
  '-9223372036854775809',
  '0.1',
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999999Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-01-01',
  '../../etc/passwd',
  'a/b?c#d',
  '__proto__',
  'constructor',
  '(a+)+$',
  '(',
  '{{a}}{{{{b}}',
  '#{7*7}',
  '<script>',
  'pk-lf-1',
  '[{"type":"string","column":"name","operator":"=","value":"x"}]',
  '[{"type":"number","column":"latency","operator":">","value":1e308}]',
  '[{"type":"stringObject","column":"metadata","key":"\\u0000","operator":"contains","value":"\'"}]',
  '[{"type":"datetime","column":"timestamp","operator":">","value":"never"}]',
  'eyJhIjoxfQ',
];

const hostileNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.5,
  1e308,
  -1e308,
  5e-324,
  1e21,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 2,
  2 ** 31,
  2 ** 63,
  -(2 ** 63),
  1e15,
];

export function hostileValue(dice: Dice, depth = 0): unknown {
  switch (dice.number(depth > 3 ? 4 : 7)) {
    case 0:
      return dice.pick(hostileTexts);
    case 1:
      return dice.pick(hostileNumbers);
    case 2:
      return dice.pick([null, true, false]);
    case 3:
      return dice.pick<unknown>([[], {}]);
    case 4:
      return Array.from({ length: dice.number(4) }, () => hostileValue(dice, depth + 1));
    case 5:
      return Object.fromEntries(
        Array.from({ length: dice.number(4) }, () => [
          dice.pick(hostileTexts),
          hostileValue(dice, depth + 1),
        ]),
      );
    default:
      return nested(dice.pick([20, 70, 500]), dice.chance(50));
  }
}

function nested(depth: number, asObjects: boolean): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = asObjects ? { inner: value } : [value];
  return value;
}

/** The value with something about it changed: a part replaced, left out or added. */
export function mutate(value: unknown, dice: Dice): unknown {
  if (typeof value !== 'object' || value === null || dice.chance(15)) return hostileValue(dice);
  if (Array.isArray(value)) {
    if (value.length === 0 || dice.chance(30)) return [...value, hostileValue(dice)];
    const at = dice.number(value.length);
    return value.map((item, index) => (index === at ? mutate(item, dice) : item));
  }
  const entries = Object.entries(value);
  const at = dice.number(entries.length + 1);
  const chosen = entries[at];
  if (!chosen) return { ...value, [dice.pick(hostileTexts)]: hostileValue(dice) };
  const [name, inner] = chosen;
  if (dice.chance(20)) return Object.fromEntries(entries.filter(([each]) => each !== name));
  return { ...value, [name]: mutate(inner, dice) };
}

/** Bodies that are no JSON of ours, with the headers that go with them. */
export function hostileBytes(dice: Dice): { bytes: Uint8Array; headers: Record<string, string> } {
  const json = 'application/json';
  const random = Uint8Array.from({ length: dice.number(400) }, () => dice.number(256));
  const headers = (type: string, more: Record<string, string> = {}) => ({ 'content-type': type, ...more });
  return dice.pick([
    { bytes: new Uint8Array(), headers: headers(json) },
    { bytes: random, headers: headers(json) },
    { bytes: random, headers: headers('application/x-protobuf') },
    { bytes: random, headers: headers('text/plain') },
    { bytes: random, headers: headers('multipart/form-data; boundary=x') },
    { bytes: random, headers: headers(json, { 'content-encoding': 'gzip' }) },
    { bytes: random, headers: headers(json, { 'content-encoding': 'br' }) },
    { bytes: random, headers: headers(json, { 'content-encoding': 'nonsense' }) },
    { bytes: Buffer.from('{"a":'), headers: headers(json) },
    { bytes: Buffer.from('{"__proto__":{"admin":true}}'), headers: headers(json) },
    { bytes: Buffer.from(`${'['.repeat(50_000)}`), headers: headers(json) },
    { bytes: Buffer.from(`${'['.repeat(5_000)}${']'.repeat(5_000)}`), headers: headers(json) },
    { bytes: Buffer.from(JSON.stringify({ name: 'z'.repeat(300_000) })), headers: headers(json) },
    { bytes: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), headers: headers(json) },
    { bytes: Buffer.from('\ufeff{}'), headers: headers(json) },
  ]);
}
