import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { describe, expect, it, vi } from 'vitest';
import { describeFailure } from './failure';
import { readBytes } from './read-body';

describe('a client that goes away in the middle of a body', () => {
  it('is no internal error', async () => {
    let failed: unknown;
    let isReading = false;
    const listener = getRequestListener(async (request) => {
      isReading = true;
      failed = await readBytes(request, 1_000).catch((error: unknown) => error);
      return new Response();
    });
    const server = createServer((request, response) => void listener(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await vi.waitFor(() => expect(isReading).toBe(true));
    socket.destroy();
    await vi.waitFor(() => expect(failed).toBeDefined());
    expect(describeFailure(failed)).toMatchObject({
      status: 400,
      message: expect.stringContaining('broke off'),
    });
    await new Promise((resolve) => server.close(resolve));
  });
});
