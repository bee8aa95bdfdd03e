import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundBody } from './request-deadlines';

/** Real sockets; only time is faked, so that a busy machine changes nothing. */
const limits = {
  request: { totalMs: 60_000 },
  upload: { windowMs: 30_000, bytesPerWindow: 1_000 },
};
let server: Server;
let received: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  received = 0;
  server = createServer((request, response) => {
    boundBody(request, response, request.url === '/upload' ? limits.upload : limits.request);
    if (request.url === '/refused') response.end('no');
    request.on('data', (piece: Buffer) => {
      received += piece.byteLength;
    });
    request.on('end', () => response.end(`got ${received}`));
    request.on('error', () => {});
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Client {
  socket: Socket;
  text(): string;
  isClosed(): boolean;
}
function open(path: string, bytes: number, first = ''): Client {
  let text = '';
  let closed = false;
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('data', (piece) => {
    text += piece;
  });
  socket.on('close', () => {
    closed = true;
  });
  socket.on('error', () => {});
  socket.write(`PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\n${first}`);
  return { socket, text: () => text, isClosed: () => closed };
}
/** Until the server has read so many bytes of bodies. */
const arrived = (bytes: number) => vi.waitFor(() => expect(received).toBe(bytes), { timeout: 10_000 });
const closedWith = (client: Client, text: string) =>
  vi.waitFor(
    () => {
      expect(client.text()).toContain(text);
      expect(client.isClosed()).toBe(true);
    },
    { timeout: 10_000 },
  );

describe('a body', () => {
  it('of an ordinary route comes within its time, however steadily it trickles', async () => {
    const client = open('/', 100, 'x');
    for (let sent = 1; sent < 6; sent++) {
      await arrived(sent);
      vi.advanceTimersByTime(9_000);
      client.socket.write('x');
    }
    await arrived(6);
    vi.advanceTimersByTime(15_000);
    await closedWith(client, 'HTTP/1.1 408 Request Timeout');
    expect(JSON.parse(client.text().split('\r\n\r\n')[1]!)).toEqual({
      message: expect.stringContaining('60 seconds'),
      error: 'RequestTimeoutError',
    });
  });

  it('of an upload may take ten minutes while it goes on', async () => {
    const client = open('/upload', 20_000);
    for (let window = 1; window <= 20; window++) {
      client.socket.write('x'.repeat(1_000));
      await arrived(window * 1_000);
      vi.advanceTimersByTime(30_000);
    }
    await vi.waitFor(() => expect(client.text()).toContain('got 20000'), { timeout: 10_000 });
  });

  it.each([0, 1, 999])('of an upload that brings %i bytes in a window is given up', async (bytes) => {
    const client = open('/upload', 20_000, 'x'.repeat(2_000));
    await arrived(2_000);
    vi.advanceTimersByTime(30_000);
    expect(client.isClosed()).toBe(false);
    client.socket.write('x'.repeat(bytes));
    await arrived(2_000 + bytes);
    vi.advanceTimersByTime(30_000);
    await closedWith(client, '408 Request Timeout');
    expect(client.text()).toContain('1000 bytes in 30 seconds');
  });

  it('of a request that was answered already ends within its time, without a second answer', async () => {
    const client = open('/refused', 100, 'x');
    await arrived(1);
    await vi.waitFor(() => expect(client.text()).toContain('no'), { timeout: 10_000 });
    vi.advanceTimersByTime(60_000);
    await closedWith(client, '200 OK');
    expect(client.text()).not.toContain('408');
  });

  it('that came leaves the connection to the next request', async () => {
    const client = open('/', 2, 'xx');
    await vi.waitFor(() => expect(client.text()).toContain('got 2'), { timeout: 10_000 });
    vi.advanceTimersByTime(120_000);
    received = 0;
    client.socket.write('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nxxx');
    await vi.waitFor(() => expect(client.text()).toContain('got 3'), { timeout: 10_000 });
    expect(client.isClosed()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
