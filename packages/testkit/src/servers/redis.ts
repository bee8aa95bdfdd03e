import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { freePort, hasCommand, launchServer, type TestServer } from './launch';

export const redisServerMissing = hasCommand('redis-server')
  ? null
  : 'this machine has no redis-server: install the package redis-server';

export interface RedisServer extends TestServer {
  url: string;
}

/** Debian's, with what an operator is told to set: a password, no eviction, a log that is appended to. */
export async function startRedisServer(directory: string): Promise<RedisServer> {
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const password = 'not-a-secret-of-anybody';
  const url = `redis://:${password}@127.0.0.1:${port}`;
  const server = await launchServer({
    command: 'redis-server',
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--requirepass', password, '--dir', directory],
      ...['--save', '', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
    ],
    port,
    isReady: () => answersPing(port, password),
  });
  return {
    ...server,
    get pid() {
      return server.pid;
    },
    url,
  };
}

/** Also while it reads its log again it takes connections, and says LOADING. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer.includes('+PONG')));
    socket.on('data', (bytes: Buffer) => {
      answer += bytes.toString();
    });
    socket.end(`AUTH ${password}\r\nPING\r\n`);
  });
}
