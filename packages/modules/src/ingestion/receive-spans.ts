import type { Microseconds } from '@tracewell/domain';
import type { BatchLog } from '@tracewell/ingest/batch';
import { type BodyLimits, inflateBody } from '@tracewell/ingest/receive/body';
import { inspectJson } from '@tracewell/ingest/receive/otlp-json';
import { inspectProtobuf } from '@tracewell/ingest/receive/otlp-protobuf';
import { encodeTraceResponse, type OtlpEncoding } from '@tracewell/ingest/receive/otlp-response';
import { type ProjectAccess, requireScope } from '../access/index';
import type { Client } from './client';

export interface SpanExport {
  encoding: OtlpEncoding;
  contentEncoding: string | undefined;
  bytes: Uint8Array;
  client: Client;
}

/**
 * Takes an OTLP export: checks it span by span, makes it durable, answers in its own encoding, with the refused
 * spans named. Throws `MalformedBody`, `PayloadTooLarge` or `UnsupportedEncoding` for a body that is no export,
 * `BlobUnavailable` when it cannot be kept now.
 */
export async function receiveSpans(
  deps: { batchLog: BatchLog; now: () => Microseconds; limits: BodyLimits },
  access: ProjectAccess,
  sent: SpanExport,
): Promise<{ body: Uint8Array; accepted: number; rejected: number }> {
  requireScope(access, 'traces:ingest');
  const receivedAt = deps.now();
  const inflated = await inflateBody(sent.bytes, sent.contentEncoding, deps.limits);
  const inspect = sent.encoding === 'json' ? inspectJson : inspectProtobuf;
  const { accepted, rejected } = inspect(inflated);
  if (accepted > 0) {
    // Gzip is kept as it came; the worker knows no other compression.
    const isGzip = /^\s*(?:x-)?gzip\s*$/i.test(sent.contentEncoding ?? '');
    await deps.batchLog.append({
      kind: sent.encoding === 'json' ? 'otlp-json' : 'otlp-protobuf',
      encoding: isGzip ? 'gzip' : 'identity',
      projectId: access.projectId,
      receivedAt,
      accepted,
      rejected: rejected.map(({ index }) => index),
      apiKey: access.actor.kind === 'api-key' ? access.actor.id : '',
      ...sent.client,
      scoresOnly: false,
      body: isGzip ? sent.bytes : inflated,
    });
  }
  return { body: encodeTraceResponse(rejected, sent.encoding), accepted, rejected: rejected.length };
}
