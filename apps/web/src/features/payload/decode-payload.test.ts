import { expect, it } from 'vitest';
import { decodePayload } from './decode-payload';

it('reads JSON', () =>
  expect(decodePayload('{"a":1}')).toEqual({ kind: 'json', value: { a: 1 }, raw: '{"a":1}' }));
it('reads a text written as JSON', () => expect(decodePayload('"Hi"')).toEqual({ kind: 'text', text: 'Hi' }));
it('opens JSON written twice', () =>
  expect(decodePayload('"{\\"a\\":1}"')).toMatchObject({ kind: 'json', value: { a: 1 } }));
it.each(['Hi', '{broken', '12 apples', 'true story', ''])('keeps %j as text', (text) =>
  expect(decodePayload(text)).toEqual({ kind: 'text', text }),
);
