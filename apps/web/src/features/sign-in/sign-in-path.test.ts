import { expect, it } from 'vitest';
import { safeNext, signInPath } from './sign-in-path';

it('comes back to the page that was asked for', () => {
  const path = signInPath('/project/p/traces?q=a&range=1h');
  expect(safeNext(new URLSearchParams(path.split('?')[1]).get('next'))).toBe(
    '/project/p/traces?q=a&range=1h',
  );
});
it.each([
  'https://evil.test/',
  '//evil.test',
  '/\\evil.test',
  'javascript:alert(1)',
  '/sign-in?next=/x',
  null,
])('never leaves this server: %s', (next) => expect(safeNext(next)).toBe('/'));
