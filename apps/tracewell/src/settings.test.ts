import { describe, expect, it } from 'vitest';
import { readStartSettings } from './settings';
import { UserError } from './user-error';

const read = (args: string[], env: Record<string, string> = {}) => readStartSettings(args, env, '/home/ada');

describe('start settings', () => {
  it('have defaults for one machine', () => {
    expect(read([])).toMatchObject({ host: '127.0.0.1', port: 3000, dataDirectory: '/home/ada/.tracewell' });
  });

  it('take arguments before environment', () => {
    const env = { TRACEWELL_PORT: '4000', TRACEWELL_DATA_DIR: '/data', TRACEWELL_HOST: 'localhost' };
    expect(read([], env)).toMatchObject({ port: 4000, dataDirectory: '/data', host: 'localhost' });
    expect(read(['--port', '5000', '--data-dir', 'here'], env)).toMatchObject({
      port: 5000,
      dataDirectory: '/home/ada/here',
    });
  });

  it.each(['x', '70000', '-1', '1.5'])('refuse the port %s', (port) => {
    expect(() => read([`--port=${port}`])).toThrow(UserError);
  });

  it('name an argument that does not exist', () => expect(() => read(['--prot', '1'])).toThrow(/--prot/));

  it.each(['short', '0'.repeat(64), 'g'.repeat(64)])('refuse the encryption key %s', (key) => {
    expect(() => read([], { TRACEWELL_ENCRYPTION_KEY: key })).toThrow(/openssl rand/);
    expect(read([], { TRACEWELL_ENCRYPTION_KEY: '0f'.repeat(32) }).encryptionKey).toBe('0f'.repeat(32));
  });

  it('understand the set-up of an installation of the peer, and prefer our own names', () => {
    const env = {
      LANGFUSE_INIT_ORG_ID: 'theirs',
      LANGFUSE_INIT_USER_EMAIL: 'a@b.c',
      TRACEWELL_INIT_ORG_ID: 'ours',
    };
    expect(read([], env).init).toEqual({ orgId: 'ours', userEmail: 'a@b.c' });
  });

  it.each([
    [{ TRACEWELL_INIT_PROJECT_PUBLIC_KEY: 'pk-lf-x' }, /SECRET_KEY/],
    [
      { TRACEWELL_INIT_PROJECT_PUBLIC_KEY: 'x', TRACEWELL_INIT_PROJECT_SECRET_KEY: 'sk-lf-x' },
      /begins with "pk-lf-"/,
    ],
    [{ TRACEWELL_INIT_USER_PASSWORD: 'short' }, /shorter than 8/],
  ])('say what is wrong with %j', (env, message) =>
    expect(() => read([], env as Record<string, string>)).toThrow(message),
  );

  describe('on an address that others reach', () => {
    const secure = {
      TRACEWELL_AUTH_SECRET: 'f3'.repeat(32),
      TRACEWELL_INIT_USER_EMAIL: 'a@b.c',
      TRACEWELL_INIT_USER_PASSWORD: 'correct horse',
    };
    it('refuse to start without secrets, and say which to set', () => {
      expect(() => read(['--host', '0.0.0.0'])).toThrow(
        /TRACEWELL_AUTH_SECRET[\s\S]*TRACEWELL_INIT_USER_PASSWORD/,
      );
    });
    it.each(['0'.repeat(64), 'mysecret', 'tooshort'])('refuse the secret %s', (secret) => {
      expect(() => read(['--host', '0.0.0.0'], { ...secure, TRACEWELL_AUTH_SECRET: secret })).toThrow(
        UserError,
      );
    });
    it('start with secrets of the person’s choice', () => {
      expect(read(['--host', '0.0.0.0'], secure).host).toBe('0.0.0.0');
    });
  });
});
