import { SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A plain OpenTelemetry application that knows nothing of us but a URL and a header. */
let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.dispose());

const exporters = { 'http/protobuf': ProtobufExporter, 'http/json': JsonExporter };

describe.each(Object.entries(exporters))('OTLP %s', (name, Exporter) => {
  it.each([CompressionAlgorithm.NONE, CompressionAlgorithm.GZIP])(
    'shows its spans, compression %s',
    async (compression) => {
      const provider = new NodeTracerProvider({
        resource: resourceFromAttributes({ 'service.name': 'shop' }),
        spanProcessors: [
          new BatchSpanProcessor(
            new Exporter({
              url: `${instance.url}/api/public/otel/v1/traces`,
              headers: { Authorization: instance.authorization },
              compression,
            }),
          ),
        ],
      });
      const tracer = provider.getTracer('shop.checkout', '1.2.3');
      const root = tracer.startSpan('POST /checkout', {
        attributes: { 'user.id': 'u1', 'http.method': 'POST' },
      });
      const call = tracer.startSpan(
        'chat gpt-4o',
        {
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'openai',
            'gen_ai.request.model': 'gpt-4o',
            'gen_ai.usage.input_tokens': 100,
            'gen_ai.usage.output_tokens': 10,
            'gen_ai.input.messages': JSON.stringify([
              { role: 'user', parts: [{ type: 'text', content: 'hi' }] },
            ]),
            'gen_ai.output.messages': JSON.stringify([
              { role: 'assistant', parts: [{ type: 'text', content: 'hello' }] },
            ]),
          },
        },
        trace.setSpan((await import('@opentelemetry/api')).context.active(), root),
      );
      call.end();
      root.setStatus({ code: SpanStatusCode.ERROR, message: 'card refused' });
      root.end();
      await provider.shutdown();

      const { traceId } = root.spanContext();
      const read = await waitFor(`the trace by ${name}`, async () => {
        const response = await instance.fetch(`/api/public/traces/${traceId}`);
        const body = (await response.json()) as { observations: Record<string, unknown>[] } & Record<
          string,
          unknown
        >;
        return response.ok && body.observations.length === 2 ? body : null;
      });
      expect(read).toMatchObject({ name: 'POST /checkout', userId: 'u1' });
      const generation = read.observations.find(({ type }) => type === 'GENERATION')!;
      expect(generation).toMatchObject({
        model: 'gpt-4o',
        parentObservationId: root.spanContext().spanId,
        usageDetails: { input: 100, output: 10, total: 110 },
      });
      expect(generation.calculatedTotalCost).toBeCloseTo(0.00035, 12);
      expect(read.observations.find(({ type }) => type === 'SPAN')).toMatchObject({
        level: 'ERROR',
        statusMessage: 'card refused',
      });
    },
  );
});
