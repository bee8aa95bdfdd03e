import { networkInterfaces } from 'node:os';
import { startInstance } from '@tracewell/testkit/instance';
import { expect, it } from 'vitest';

/** On an address that others can reach it starts once it has secrets of the owner's choice, and is as usable there. */
const address = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

it('answers on a public address', async (context) => {
  if (!address) return context.skip('this machine has no address but loopback');
  const owner = { email: 'ada@example.com', password: 'difference engine' };
  const instance = await startInstance({
    args: ['--host', '0.0.0.0'],
    env: {
      TRACEWELL_AUTH_SECRET: '5f0c1d7e9a3b4c6d8e2f1a0b9c8d7e6f',
      TRACEWELL_INIT_USER_EMAIL: owner.email,
      TRACEWELL_INIT_USER_PASSWORD: owner.password,
    },
  });
  try {
    const { port } = new URL(instance.url);
    const there = `http://${address}:${port}`;
    const health = await fetch(`${there}/api/public/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'OK' });
    const projects = await fetch(`${there}/api/public/projects`, {
      headers: { authorization: instance.authorization },
    });
    expect(projects.status).toBe(200);
    // The stores and the worker are nobody else's.
    for (const url of [instance.workerUrl, instance.engines().CLICKHOUSE_URL!]) {
      const elsewhere = new URL(url);
      elsewhere.hostname = address;
      await expect(fetch(elsewhere)).rejects.toThrow();
    }
    // A page there signs its owner in, and a page of another site does not.
    const signIn = (origin: string) =>
      fetch(`${there}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify(owner),
      });
    expect((await signIn(there)).status).toBe(200);
    expect((await signIn('https://evil.example')).status).toBe(403);
  } finally {
    await instance.dispose();
  }
});
