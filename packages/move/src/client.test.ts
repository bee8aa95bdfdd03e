import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Client, maxTries, Refusal, Unreachable } from './client';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'drop';

/** A server that gives these answers one after the other, the last one for ever. */
async function serve(...answers: Answer[]) {
  const seen: { method: string; url: string; authorization: string }[] = [];
  server = createServer((request, response) => {
    const { method, url, headers } = request;
    const answer = answers[Math.min(seen.length, answers.length - 1)]!;
    seen.push({ method: method!, url: url!, authorization: headers.authorization! });
    if (answer === 'drop') return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? '{}');
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pauses: string[] = [];
  const client = new Client(
    { url, publicKey: 'pk', secretKey: 'sk' },
    { pauseMs: 1, onPause: (text) => pauses.push(text) },
  );
  return { client, seen, pauses };
}

const ok = { status: 200, body: '{"data":1}' };

describe('a client of either server', () => {
  it('sends its key and what is asked for', async () => {
    const { client, seen } = await serve(ok);
    expect(await client.get('/traces', { page: 2, cursor: undefined, name: 'a b' })).toEqual({ data: 1 });
    expect(seen).toEqual([
      {
        method: 'GET',
        url: '/api/public/traces?page=2&name=a+b',
        authorization: `Basic ${Buffer.from('pk:sk').toString('base64')}`,
      },
    ]);
  });

  it('waits as long as a limit asks, and goes on', async () => {
    const limited = { status: 429, headers: { 'retry-after': '1' } };
    const { client, pauses } = await serve(limited, ok);
    const startedAt = Date.now();
    expect(await client.get('/traces')).toEqual({ data: 1 });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
    expect(pauses.join()).toContain('waiting 1 s as it asks');
  });

  it('gives up on a limit that asks for hours, and says so', async () => {
    const { client } = await serve({ status: 429, headers: { 'retry-after': '7200' } });
    await expect(client.get('/traces')).rejects.toThrow('asks to wait 120 minutes');
  });

  it('tries again what failed by itself, a few times', async () => {
    const { client, seen } = await serve({ status: 502 }, 'drop', { status: 500 }, ok);
    expect(await client.get('/traces')).toEqual({ data: 1 });
    expect(seen).toHaveLength(4);
    const broken = await serve({ status: 500 });
    await expect(broken.client.get('/traces')).rejects.toThrow(Unreachable);
    expect(broken.seen).toHaveLength(maxTries);
  });

  it('does nothing twice that might have been done', async () => {
    for (const answer of [{ status: 500 }, 'drop'] as const) {
      const { client, seen } = await serve(answer, ok);
      await expect(client.send('POST', '/comments', {}, 'once')).rejects.toThrow(Unreachable);
      expect(seen).toHaveLength(1);
    }
    const { client, seen } = await serve(
      { status: 503 },
      { status: 429, headers: { 'retry-after': '0' } },
      ok,
    );
    await client.send('POST', '/comments', {}, 'once');
    expect(seen).toHaveLength(3);
  });

  it('says what a server refuses', async () => {
    const { client, seen } = await serve({ status: 400, body: '{"message":"no","error":"because"}' });
    const error = (await client.get('/traces').catch((caught) => caught)) as Refusal;
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ status: 400, said: 'no because', path: '/api/public/traces' });
    expect(seen).toHaveLength(1);
  });

  it('takes no page of a website for an answer', async () => {
    const { client } = await serve({ status: 200, body: '<html>' });
    await expect(client.get('/traces')).rejects.toThrow('something that is no JSON');
  });
});
