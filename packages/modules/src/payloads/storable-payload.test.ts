import { describe, expect, it } from 'vitest';
import { maxPayloadDepth, storablePayload } from './storable-payload';

describe('storablePayload', () => {
  it('takes control characters out of texts and keys, and nothing else', () => {
    const value = JSON.parse(
      '{"a\\u0000b":["x\\u001b[1m\\n\\t",1,null,true],"__proto__":{"c":"\\ud83d\\ude00"}}',
    );
    expect(JSON.stringify(storablePayload('input', value))).toBe(
      '{"ab":["x[1m\\n\\t",1,null,true],"__proto__":{"c":"😀"}}',
    );
  });

  it('mends halves of surrogate pairs', () => {
    expect(storablePayload('input', 'a\ud83d')).toBe('a\ufffd');
  });

  it('refuses what is nested too deep, naming it', () => {
    const nest = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
    expect(storablePayload('input', nest(maxPayloadDepth))).toEqual(nest(maxPayloadDepth));
    expect(() => storablePayload('input', nest(maxPayloadDepth + 1))).toThrow(/^input is nested deeper/);
    expect(() => storablePayload('input', nest(100_000))).toThrow(/^input is nested deeper/);
  });
});
