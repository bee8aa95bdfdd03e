/** The SDK that sent a request, as its headers say. */
export interface Client {
  sdkName: string;
  sdkVersion: string;
}

/** Longest name or version that is kept. */
const maxLength = 100;

/** `x-langfuse-sdk-name` and `-version`, also with underscores; `unknown` when absent. */
export function readClient(headers: Headers): Client {
  const read = (name: string) =>
    (headers.get(name) ?? headers.get(name.replaceAll('-', '_')) ?? 'unknown').slice(0, maxLength);
  return { sdkName: read('x-langfuse-sdk-name'), sdkVersion: read('x-langfuse-sdk-version') };
}
