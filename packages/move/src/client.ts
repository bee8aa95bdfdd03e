import { setTimeout as sleep } from 'node:timers/promises';
import { MoveError } from './move-error';
import { readBody } from './read-body';

/** One project of one server, spoken to as any client does: over its public API, with its key. */
export interface Server {
  /** Without a slash at its end. */
  url: string;
  publicKey: string;
  secretKey: string;
}

export type Query = Record<string, string | number | undefined>;

/** The server answered, and not with a success. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly method: string,
    readonly path: string,
    readonly said: string,
    /** Of the server. */
    readonly url: string,
  ) {
    super(`${url} refused ${method} ${path}: ${status} ${said}`);
  }
}

/** No answer that could be used, however often it was tried. Doing it again later may succeed. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The server does not know the address: it is older, or newer, or runs without this part. */
export const isMissing = (error: unknown): error is Refusal =>
  error instanceof Refusal && (error.status === 404 || error.status === 405 || error.status === 410);

/** Tries of one request that fails by itself; with the pauses between them about three minutes. */
export const maxTries = 10;
const maxPauseMs = 30_000;
/** One answer. */
const timeoutMs = 180_000;
/** A server that asks for more patience than this is asked again by the person. */
const maxRetryAfterMs = 15 * 60_000;
/** How often one request may be put off by 429. */
const maxPutOff = 200;
const maxSaidChars = 500;

export type ClientOptions = {
  /** Told of pauses that are worth knowing. */
  onPause?: (text: string) => void;
  /** The first pause after a failure; doubles. */
  pauseMs?: number;
};

/** Whether doing a request twice is the same as doing it once: then it is tried again whatever went wrong. */
export type Effect = 'repeatable' | 'once';

export class Client {
  readonly #authorization: string;
  constructor(
    readonly server: Server,
    private readonly options: ClientOptions = {},
  ) {
    const { publicKey, secretKey } = server;
    this.#authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
  }

  /** @param path below `/api/public`, its segments encoded */
  get<Answer>(path: string, query: Query = {}, tries = maxTries): Promise<Answer> {
    return this.#send<Answer>('GET', path, { query, effect: 'repeatable', maxTries: tries });
  }

  /** null where the server has no such thing. */
  async find<Answer>(path: string, query: Query = {}): Promise<Answer | null> {
    try {
      return await this.get<Answer>(path, query);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  send<Answer>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    effect: Effect,
  ): Promise<Answer> {
    return body === undefined
      ? this.#send<Answer>(method, path, { effect })
      : this.sendText<Answer>(method, path, JSON.stringify(body), effect);
  }

  /** A body that is JSON text already. */
  sendText<Answer>(method: string, path: string, body: string, effect: Effect): Promise<Answer> {
    return this.#send<Answer>(method, path, { body, effect });
  }

  async #send<Answer>(
    method: string,
    path: string,
    request: { query?: Query; body?: string; effect: Effect; maxTries?: number },
  ): Promise<Answer> {
    const text = await this.#request(method, path, request);
    try {
      return (text === '' ? null : JSON.parse(text)) as Answer;
    } catch {
      throw new MoveError(
        `${this.server.url} answered ${method} /api/public${path} with something that is no JSON. Is this the address of the server itself?`,
      );
    }
  }

  async #request(
    method: string,
    path: string,
    {
      query = {},
      body,
      effect,
      maxTries: most = maxTries,
    }: { query?: Query; body?: string; effect: Effect; maxTries?: number },
  ): Promise<string> {
    const address = `${this.server.url}/api/public${path}${toSearch(query)}`;
    let pauseMs = this.options.pauseMs ?? 1_000;
    let failure = '';
    for (let tries = 1, putOff = 0; tries <= most; ) {
      let answer: Response;
      let text: string;
      try {
        answer = await fetch(address, {
          method,
          headers: {
            authorization: this.#authorization,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        text = await readBody(answer, path);
      } catch (error) {
        if (error instanceof MoveError) throw error;
        failure = reasonOf(error);
        // It may have arrived all the same.
        if (effect === 'once' && !isRefusedConnection(error)) break;
        await this.#pause(pauseMs, failure, tries++);
        pauseMs = Math.min(pauseMs * 2, maxPauseMs);
        continue;
      }
      if (answer.ok) return text;
      const said = saidIn(text);
      if (answer.status === 429) {
        const waitMs = retryAfterMs(answer) ?? pauseMs;
        if (waitMs > maxRetryAfterMs || ++putOff > maxPutOff) {
          throw new Unreachable(
            `${this.server.url} limits requests and asks to wait ${Math.ceil(waitMs / 60_000)} minutes for ${path}. Run the same command again then: it goes on where it stopped.`,
          );
        }
        this.options.onPause?.(
          `${this.server.url} limits requests: waiting ${(waitMs / 1_000).toFixed(0)} s as it asks`,
        );
        await sleep(waitMs);
        continue;
      }
      const isTransient = answer.status >= 500 || answer.status === 408;
      if (!isTransient) throw new Refusal(answer.status, method, `/api/public${path}`, said, this.server.url);
      failure = `${answer.status} ${said}`;
      if (effect === 'once' && answer.status !== 503) break;
      await this.#pause(retryAfterMs(answer) ?? pauseMs, failure, tries++);
      pauseMs = Math.min(pauseMs * 2, maxPauseMs);
    }
    throw new Unreachable(`${this.server.url} does not answer ${method} /api/public${path}: ${failure}`);
  }

  async #pause(ms: number, why: string, tries: number): Promise<void> {
    if (tries > 2) this.options.onPause?.(`${this.server.url}: ${why}; trying again (${tries})`);
    await sleep(Math.min(ms, maxRetryAfterMs));
  }
}

function toSearch(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  return search.size > 0 ? `?${search}` : '';
}

/** Seconds, or a date; undefined where the server says nothing that can be read. */
function retryAfterMs(answer: Response): number | undefined {
  const header = answer.headers.get('retry-after');
  if (header === null) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}

function saidIn(text: string): string {
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown };
    const said = [message, error].filter((part) => part !== undefined);
    return said
      .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
      .join(' ')
      .slice(0, maxSaidChars);
  } catch {
    return text.replaceAll(/\s+/g, ' ').slice(0, 100);
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

const isRefusedConnection = (error: unknown): boolean =>
  (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED';
