import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Body, type BodyLimits, readBody } from './body';
import { type Call, readCall } from './call';
import { ConnectionPool, type Lease } from './connection-pool';
import { execute } from './execute';
import { FrontError, refuse } from './failure';
import { readForm } from './form';
import type { Engine } from './native';
import { respond, respondError } from './respond';
import { Semaphore, SlotsExhausted } from './semaphore';

export interface FrontOptions {
  engine: Engine;
  password: string;
  spoolDirectory: string;
  /** Statements that run at the same time; each holds a thread of the pool while it runs. */
  maxStatements: number;
  maxWaiting: number;
  maxWaitMs: number;
  body: BodyLimits;
}

export interface Front {
  server: Server;
  /** Takes no further request; resolves when those under way have ended, or were cancelled after `graceMs`. */
  drain(graceMs: number): Promise<void>;
}

/** URLs carry parameters and settings; a server takes as much. */
const maxHeaderBytes = 1024 ** 2;

/**
 * The engine behind ClickHouse's HTTP interface. A request is: authenticate → read the body → wait for a slot →
 * a connection set up with database and settings → the statement → the answer. A client that goes away at any
 * point gives its slot back, and its statement is cancelled in the engine.
 */
export function createFront(options: FrontOptions): Front {
  const slots = new Semaphore(options.maxStatements, options.maxWaiting, options.maxWaitMs);
  const pool = new ConnectionPool(options.engine);
  const running = new Set<Promise<void>>();
  const leases = new Set<Lease>();
  let draining = false;

  const server = createServer(
    { maxHeaderSize: maxHeaderBytes, keepAliveTimeout: 10_000 },
    (request, response) => {
      const done = answer(request, response).catch((error: unknown) => {
        // The last resort: an answer half sent cannot be mended, so the client must see it break.
        process.stderr.write(`${String(error)}\n`);
        response.destroy();
      });
      running.add(done);
      void done.then(() => running.delete(done));
    },
  );
  // Statements may run long; the client decides how long it waits.
  server.requestTimeout = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://front');
    if (request.method === 'GET' && url.pathname === '/ping') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8' }).end('Ok.\n');
      return;
    }
    const spoolPath = join(options.spoolDirectory, randomUUID());
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    let release = () => {};
    let lease: Lease | undefined;
    let reusable = false;
    let call: Call | undefined;
    try {
      if (draining) throw refuse.stopping();
      if (!isAuthentic(request, url, options.password)) throw refuse.unauthenticated();
      call = readCall(request, url);
      const body = await readRequestBody(request, call, spoolPath);
      release = await slots.acquire(gone.signal);
      lease = await pool.take(call);
      leases.add(lease);
      if (gone.signal.aborted) return;
      gone.signal.addEventListener('abort', lease.cancel, { once: true });
      const result = await execute(lease.connection, call, body, spoolPath);
      await respond(response, call, result, exceptionTag());
      reusable = result.kind === 'whole' && result.leavesNothing && !gone.signal.aborted;
    } catch (error) {
      const shown = error instanceof SlotsExhausted ? refuse.busy(error.message) : error;
      if (!gone.signal.aborted) respondError(response, call, shown);
      if (!request.readableEnded) discardRest(request, shown);
    } finally {
      if (lease) {
        leases.delete(lease);
        lease.giveBack(reusable);
      }
      release();
      // Only data of an INSERT is ever spooled.
      if (call?.urlQuery !== undefined && !reusable) await rm(spoolPath, { force: true });
    }
  }

  async function readRequestBody(request: IncomingMessage, call: Call, spoolPath: string): Promise<Body> {
    if (request.method === 'GET') call.settings.readonly ??= '2';
    if (/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) {
      const body = await readBody(request, options.body);
      await readForm(call, request.headers['content-type']!, body);
      return { kind: 'memory', bytes: Buffer.alloc(0) };
    }
    return readBody(request, options.body, call.urlQuery === undefined ? undefined : spoolPath);
  }

  return {
    server,
    async drain(graceMs) {
      draining = true;
      server.close();
      server.closeIdleConnections();
      const ended = Promise.all(running);
      const timer = setTimeout(() => {
        for (const lease of leases) lease.cancel();
        server.closeAllConnections();
      }, graceMs);
      await ended;
      clearTimeout(timer);
      pool.close();
      server.closeAllConnections();
    },
  };
}

function isAuthentic(request: IncomingMessage, url: URL, password: string): boolean {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const given =
    request.headers['x-clickhouse-key'] ??
    (basic
      ? Buffer.from(basic, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
      : undefined) ??
    url.searchParams.get('password') ??
    '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(String(given)), digest(password));
}

/** A refused request may still be sending; its socket is not fit for another one. */
function discardRest(request: IncomingMessage, reason: unknown): void {
  if (reason instanceof FrontError && reason.status === 413) request.destroy();
  else request.resume();
}

const exceptionTag = (): string => randomBytes(8).toString('hex');
