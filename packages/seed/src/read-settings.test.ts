import { describe, expect, it } from 'vitest';
import { readSeedSettings } from './read-settings';

const local = { url: 'http://127.0.0.1:3000', publicKey: 'pk-lf-local', secretKey: 'sk-lf-local' };
const now = new Date('2026-03-19T15:00:00Z');
const there = ['--base-url', 'https://there.example/', '--public-key', 'pk-1', '--secret-key', 'sk-1'];

describe('what seeding is told', () => {
  it('is nothing at all for what runs here', () => {
    expect(readSeedSettings([], {}, local, now)).toEqual({
      server: local,
      seed: 1,
      traces: 600,
      days: 7,
      until: now,
    });
  });

  it('is a server by arguments, which win over the environment', () => {
    const env = {
      LANGFUSE_HOST: 'http://env.example',
      LANGFUSE_PUBLIC_KEY: 'pk-2',
      LANGFUSE_SECRET_KEY: 'sk-2',
    };
    expect(readSeedSettings(there, env, local, now).server).toEqual({
      url: 'https://there.example',
      publicKey: 'pk-1',
      secretKey: 'sk-1',
    });
    expect(readSeedSettings([], env, local, now).server.url).toBe('http://env.example');
    expect(readSeedSettings(['--data-dir', 'here'], env, local, now).server).toBe(local);
  });

  it('never sends the keys of one server to another', () => {
    expect(() => readSeedSettings(there.slice(0, 2), {}, local, now)).toThrow(
      '--public-key (or LANGFUSE_PUBLIC_KEY) and --secret-key (or LANGFUSE_SECRET_KEY) is missing',
    );
    expect(() => readSeedSettings([], {}, null, now)).toThrow('Nothing runs on the data folder');
  });

  it.each([
    [['--traces', '0'], '--traces "0" must be a whole number from 1 to 50000'],
    [['--days', 'x'], '--days "x" must be a whole number'],
    [['--until', 'soon'], '--until "soon" is no time'],
    [['--colour'], "Unknown option '--colour'"],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => readSeedSettings(args, {}, local, now)).toThrow(message);
  });
});
