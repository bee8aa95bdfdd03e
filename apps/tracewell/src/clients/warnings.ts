import { DiagLogLevel, diag } from '@opentelemetry/api';

/**
 * Collects what libraries in this process warn of from here on: on the console, through OpenTelemetry's own logger
 * and as warnings of Node. `take` gives what came since and forgets it.
 */
export function collectWarnings(): { take(): string[] } {
  let found: string[] = [];
  const add = (...parts: unknown[]) => {
    found.push(
      parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '),
    );
  };
  console.warn = add;
  console.error = add;
  process.on('warning', add);
  diag.setLogger(
    { error: add, warn: add, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return {
    take() {
      const taken = found;
      found = [];
      return taken;
    },
  };
}
