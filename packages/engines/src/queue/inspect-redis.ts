/** What an operator may have set in another way than the queue needs it. Throws when Redis gives no answer. */
export interface RedisFacts {
  version: string;
  evictionPolicy: string;
  appendsToLog: boolean;
  clockMs: number;
}

const connectTimeoutMs = 5_000;

export async function inspectRedis(url: string): Promise<RedisFacts> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    commandTimeout: connectTimeoutMs,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // A refused connection says only that it is closed; why is told to this listener.
  let cause: unknown;
  client.on('error', (error) => {
    cause = error;
  });
  try {
    await client.connect();
    const facts = new Map(
      (await client.info())
        .split('\r\n')
        .filter((line) => line.includes(':'))
        .map((line) => line.split(/:(.*)/s) as [string, string]),
    );
    const [seconds, microseconds] = await client.time();
    return {
      version: facts.get('redis_version') ?? '0',
      evictionPolicy: facts.get('maxmemory_policy') ?? 'unknown',
      appendsToLog: facts.get('aof_enabled') === '1',
      clockMs: Number(seconds) * 1000 + Number(microseconds) / 1000,
    };
  } catch (error) {
    throw cause ?? error;
  } finally {
    client.disconnect();
  }
}
