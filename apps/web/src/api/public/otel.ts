import {
  ApiError,
  ingestOtlpLogs,
  ingestOtlpMetrics,
  ingestOtlpTraces,
  ingestOtlpTracesAtBase,
} from '@tracewell/contract';
import { type OtlpEncoding, otlpContentTypes } from '@tracewell/ingest/receive/otlp-response';
import type { ProjectAccess } from '@tracewell/modules/access/index';
import { readClient, receiveSpans } from '@tracewell/modules/ingestion/index';
import type { ApiDeps } from '../deps';
import { describeFailure } from '../failure';
import { readBytes } from '../read-body';
import { respondFailure } from '../respond';
import type { Api } from '../serve';

/** OTLP over HTTP. Once the encoding is known, every answer is in it, as exporters parse nothing else. */
export function mountOtel(api: Api, deps: ApiDeps): void {
  for (const operation of [ingestOtlpTraces, ingestOtlpTracesAtBase]) {
    api.project(operation, ({ request }, access) =>
      inEncodingOf(request, async (encoding) => {
        checkIngestionVersion(request.headers);
        const { body, accepted, rejected } = await receive(request, access, encoding);
        deps.metrics.ingested('otlp', accepted, rejected);
        return body;
      }),
    );
  }
  for (const operation of [ingestOtlpMetrics, ingestOtlpLogs]) {
    api.project(operation, ({ request }) =>
      inEncodingOf(request, async (encoding) => {
        await readBytes(request, deps.config.limits.otlp.maxBytes);
        // An empty message is the whole answer: everything was taken (and nothing is kept).
        return encoding === 'json' ? Buffer.from('{}') : new Uint8Array();
      }),
    );
  }

  async function receive(request: Request, access: ProjectAccess, encoding: OtlpEncoding) {
    const limits = deps.config.limits.otlp;
    return receiveSpans({ batchLog: deps.batchLog, now: deps.now, limits }, access, {
      encoding,
      contentEncoding: request.headers.get('content-encoding') ?? undefined,
      bytes: await readBytes(request, limits.maxBytes),
      client: readClient(request.headers),
    });
  }

  async function inEncodingOf(
    request: Request,
    answer: (encoding: OtlpEncoding) => Promise<Uint8Array>,
  ): Promise<Response> {
    const encoding = readEncoding(request.headers);
    try {
      return new Response(Buffer.from(await answer(encoding)), {
        headers: { 'content-type': otlpContentTypes[encoding] },
      });
    } catch (error) {
      const failure = describeFailure(error);
      if (failure.code === 'internal') deps.onInternalError(failure.cause, ingestOtlpTraces.id);
      return respondFailure(failure, encoding);
    }
  }
}

function readEncoding(headers: Headers): OtlpEncoding {
  const type = (headers.get('content-type') ?? '').toLowerCase();
  if (type.includes('application/x-protobuf')) return 'protobuf';
  if (type.includes('application/json')) return 'json';
  throw new ApiError(
    'unsupported_media_type',
    `Content-Type ${type.slice(0, 80) || '(none)'} is not spoken here. Send application/x-protobuf or application/json.`,
  );
}

/** Custom exporters name the generation they speak. */
const newestIngestionVersion = 4;
function checkIngestionVersion(headers: Headers): void {
  const sent = headers.get('x-langfuse-ingestion-version');
  if (sent === null) return;
  const version = Number(sent);
  if (Number.isInteger(version) && version <= newestIngestionVersion) return;
  throw new ApiError(
    'invalid_request',
    `x-langfuse-ingestion-version must be a whole number up to ${newestIngestionVersion}. Leave it out if unsure.`,
  );
}
