import { connect as connectTo, createServer, type Socket } from 'node:net';

/**
 * Stands between a process and a store, and does to their connections what networks and servers do.
 *
 *   pass     bytes go both ways
 *   refuse   a connection is closed as soon as it is made; those that stand are cut
 *   stall    connections are taken and bytes swallowed: no answer ever
 *   truncate answers break off after `truncateAfter` bytes
 *   error    every request of HTTP is answered 503 SlowDown, without asking the store
 */
export type Fault = 'pass' | 'refuse' | 'stall' | 'truncate' | 'error';

export interface FaultProxy {
  readonly port: number;
  /** Of all new connections, or of a share of them (0 to 1); the rest pass. */
  set(fault: Fault, options?: { share?: number; random?: () => number; truncateAfter?: number }): void;
  /** Connections made since the start. */
  connections(): number;
  close(): Promise<void>;
}

const slowDown =
  '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
const slowDownAnswer = `HTTP/1.1 503 Slow Down\r\ncontent-type: application/xml\r\nconnection: close\r\ncontent-length: ${slowDown.length}\r\n\r\n${slowDown}`;

export async function startFaultProxy(target: { port: number; host?: string }): Promise<FaultProxy> {
  let fault: Fault = 'pass';
  let share = 1;
  let random = Math.random;
  let truncateAfter = 0;
  let count = 0;
  const open = new Set<Socket>();

  const server = createServer((client) => {
    count++;
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => {});
    const doing = fault !== 'pass' && random() < share ? fault : 'pass';
    if (doing === 'refuse') return void client.resetAndDestroy();
    if (doing === 'stall') return void client.resume();
    if (doing === 'error') {
      client.once('data', () => client.end(slowDownAnswer));
      return;
    }
    const store = connectTo(target.port, target.host ?? '127.0.0.1');
    open.add(store);
    store.on('close', () => {
      open.delete(store);
      client.destroy();
    });
    store.on('error', () => client.destroy());
    client.on('close', () => store.destroy());
    client.pipe(store);
    if (doing === 'pass') {
      store.pipe(client);
      return;
    }
    let left = truncateAfter;
    store.on('data', (piece) => {
      client.write(piece.subarray(0, left));
      left -= piece.length;
      if (left <= 0) client.destroySoon();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as { port: number }).port,
    set(next, options = {}) {
      fault = next;
      share = options.share ?? 1;
      random = options.random ?? Math.random;
      truncateAfter = options.truncateAfter ?? 0;
      // Those that stand would go on as before, and hide the fault from whoever reuses them.
      for (const socket of open) socket.destroy();
    },
    connections: () => count,
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
