/** How to send a first trace, filled with the project's own key and this server's address. */
export interface SnippetInput {
  host: string;
  publicKey: string;
  secretKey: string;
  /** A fresh random id per showing: 32 hexadecimal digits. */
  id: string;
  /** ISO 8601. */
  now: string;
}

export interface Snippet {
  id: 'python' | 'typescript' | 'curl';
  label: string;
  install: string | null;
  code: string;
}

export function makeSnippets({ host, publicKey, secretKey, id, now }: SnippetInput): Snippet[] {
  return [
    {
      id: 'python',
      label: 'Python',
      install: 'pip install langfuse',
      code: [
        'from langfuse import Langfuse',
        `client = Langfuse(public_key="${publicKey}", secret_key="${secretKey}", host="${host}")`,
        'with client.start_as_current_observation(name="hello", as_type="span", input="Hi") as span:',
        '    span.update(output="Hello from Tracewell")',
        'client.flush()',
      ].join('\n'),
    },
    {
      id: 'typescript',
      label: 'TypeScript',
      install: 'npm install @langfuse/tracing @langfuse/otel @opentelemetry/sdk-node',
      code: [
        "import { NodeSDK } from '@opentelemetry/sdk-node'; import { LangfuseSpanProcessor } from '@langfuse/otel'; import { startObservation } from '@langfuse/tracing';",
        `const sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor({ publicKey: '${publicKey}', secretKey: '${secretKey}', baseUrl: '${host}' })] });`,
        'sdk.start();',
        "startObservation('hello', { input: 'Hi' }).update({ output: 'Hello from Tracewell' }).end();",
        'await sdk.shutdown();',
      ].join('\n'),
    },
    {
      id: 'curl',
      label: 'curl',
      install: null,
      code: [
        `curl -u ${publicKey}:${secretKey} ${host}/api/public/ingestion \\`,
        "  -H 'content-type: application/json' \\",
        `  -d '{"batch":[{"id":"${id}-1","type":"trace-create","timestamp":"${now}",`,
        `        "body":{"id":"${id}","timestamp":"${now}",`,
        `        "name":"hello","input":"Hi","output":"Hello from Tracewell"}}]}'`,
      ].join('\n'),
    },
  ];
}

/** The lines every SDK reads from the environment. */
export const makeEnvLines = (host: string, publicKey: string, secretKey: string): string =>
  [
    `LANGFUSE_PUBLIC_KEY="${publicKey}"`,
    `LANGFUSE_SECRET_KEY="${secretKey}"`,
    `LANGFUSE_HOST="${host}"`,
    `LANGFUSE_BASE_URL="${host}"`,
  ].join('\n');

/** 32 hexadecimal digits; `crypto.randomUUID` is missing on plain HTTP. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
