import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createGzip, constants as zlib } from 'node:zlib';
import type { Call } from './call';
import type { Result, Summary } from './execute';
import { toFrontError } from './failure';

const contentTypes: Record<string, string> = {
  JSON: 'application/json; charset=UTF-8',
  JSONEachRow: 'application/x-ndjson; charset=UTF-8',
  JSONCompactEachRow: 'application/x-ndjson; charset=UTF-8',
  CSV: 'text/csv; charset=UTF-8; header=absent',
  TabSeparated: 'text/tab-separated-values; charset=UTF-8',
};

/** Small answers are not worth the time of compressing them. */
const minCompressedBytes = 1024;

/**
 * Sends a result. The status of a stream is decided by its first piece; what fails after it is told in the
 * block that ClickHouse 25.11 and later append, marked with the tag of the response's header.
 */
export async function respond(
  response: ServerResponse,
  call: Call,
  result: Result,
  exceptionTag: string,
): Promise<void> {
  const headers: Record<string, string> = {
    ...baseHeaders(call),
    'content-type': contentTypes[result.format] ?? 'application/octet-stream',
    'x-clickhouse-format': result.format,
    'x-clickhouse-exception-tag': exceptionTag,
  };
  if (result.kind === 'whole') {
    headers['x-clickhouse-summary'] = renderSummary(result.summary);
    const compressed = call.compressed && result.bytes.length >= minCompressedBytes;
    if (!compressed) {
      response
        .writeHead(200, { ...headers, 'content-length': String(result.bytes.length) })
        .end(result.bytes);
      return;
    }
    response.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
    const gzip = createGzip({ level: zlib.Z_BEST_SPEED });
    gzip.pipe(response);
    gzip.end(result.bytes);
    return;
  }

  const first = await result.chunks.next();
  const gzip = call.compressed ? createGzip({ level: zlib.Z_BEST_SPEED }) : undefined;
  response.writeHead(200, gzip ? { ...headers, 'content-encoding': 'gzip' } : headers);
  gzip?.pipe(response);
  const sink = gzip ?? response;
  try {
    for (let step = first; !step.done; step = await result.chunks.next()) {
      if (response.destroyed) break;
      if (!sink.write(step.value)) await drained(sink, response);
    }
  } catch (error) {
    sink.write(renderLateException(toFrontError(error).text, exceptionTag));
  } finally {
    await result.chunks.return(undefined);
  }
  sink.end();
}

export function respondError(response: ServerResponse, call: Call | undefined, error: unknown): void {
  const { status, code, text } = toFrontError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = Buffer.from(`${text}\n`);
  response
    .writeHead(status, {
      ...baseHeaders(call),
      'content-type': 'text/plain; charset=UTF-8',
      'content-length': String(body.length),
      'x-clickhouse-exception-code': String(code),
      ...(status === 503 ? { 'retry-after': '1' } : {}),
    })
    .end(body);
}

function baseHeaders(call: Call | undefined): Record<string, string> {
  return {
    'x-clickhouse-server-display-name': 'embedded',
    'x-clickhouse-timezone': 'UTC',
    ...(call?.queryId && /^[\x20-\x7e]+$/.test(call.queryId)
      ? { 'x-clickhouse-query-id': call.queryId }
      : {}),
  };
}

const renderSummary = (summary: Summary): string =>
  JSON.stringify({
    read_rows: String(summary.readRows),
    read_bytes: String(summary.readBytes),
    written_rows: String(summary.writtenRows),
    written_bytes: String(summary.writtenBytes),
    total_rows_to_read: '0',
    result_rows: String(summary.writtenRows),
    result_bytes: String(summary.writtenBytes),
    elapsed_ns: String(Math.round(summary.seconds * 1e9)),
  });

function renderLateException(text: string, tag: string): string {
  const message = `${text}\n`;
  return `\r\n__exception__\r\n${tag}\r\n${message}${Buffer.byteLength(message)} ${tag}\r\n__exception__\r\n`;
}

async function drained(
  sink: NodeJS.WritableStream & NodeJS.EventEmitter,
  response: ServerResponse,
): Promise<void> {
  if (response.destroyed) return;
  const stop = new AbortController();
  const settled = [
    once(sink, 'drain', { signal: stop.signal }),
    once(response, 'close', { signal: stop.signal }),
  ];
  await Promise.race(settled).catch(() => {});
  stop.abort();
  await Promise.allSettled(settled);
}
