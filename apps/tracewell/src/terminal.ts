/** What the person at the terminal sees. */
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text: string) => (colour ? `\u001b[1m${text}\u001b[22m` : text);
const faint = (text: string) => (colour ? `\u001b[2m${text}\u001b[22m` : text);
const link = (text: string) => (colour ? `\u001b[36m${text}\u001b[39m` : text);

export function showStep(text: string): void {
  process.stdout.write(`${faint('tracewell')}  ${text}\n`);
}

export interface Running {
  url: string;
  workerUrl: string;
  dataDirectory: string;
  seconds: number;
  account: { publicKey: string; secretKey: string; signInPath: string | null; userEmail: string };
}

export function showBanner({ url, workerUrl, dataDirectory, seconds, account }: Running): void {
  const lines = [
    '',
    `  ${bold('Tracewell is ready')} ${faint(`after ${seconds.toFixed(1)} s`)}`,
    '',
    `  Open      ${link(url)}`,
    account.signInPath
      ? `  Sign in   ${link(`${url}${account.signInPath}`)}  ${faint(`(once, as ${account.userEmail})`)}`
      : `  Sign in   as ${account.userEmail}`,
    '',
    '  Point a Langfuse SDK or any OpenTelemetry exporter here:',
    '',
    `    LANGFUSE_BASE_URL=${url}`,
    `    LANGFUSE_PUBLIC_KEY=${account.publicKey}`,
    `    LANGFUSE_SECRET_KEY=${account.secretKey}`,
    '',
    `  ${faint(`Data ${dataDirectory} · metrics ${url}/metrics and ${workerUrl}/metrics · stop with Ctrl-C`)}`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
