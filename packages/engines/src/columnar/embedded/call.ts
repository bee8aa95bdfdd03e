import type { IncomingMessage } from 'node:http';
import { refuse } from './failure';

/** One request to the front, apart from its body. */
export interface Call {
  database: string;
  queryId: string | undefined;
  /** Statement in the URL; the body is then its data. */
  urlQuery: string | undefined;
  settings: Record<string, string>;
  /** Values of `{name:Type}` placeholders, in the escaped text form of the wire. */
  params: Record<string, string>;
  defaultFormat: string | undefined;
  /** Answer only when the whole result is known, so that a late error has an honest status. */
  buffered: boolean;
  compressed: boolean;
}

/** Parameters of the HTTP interface that are no settings of the engine. */
const notSettings = new Set([
  'query',
  'database',
  'default_format',
  'query_id',
  'user',
  'password',
  'quota_key',
  'role',
  'session_timeout',
  'session_check',
  'close_session',
  'buffer_size',
  'wait_end_of_query',
  'stacktrace',
  'client_protocol_version',
  'enable_http_compression',
  'http_zlib_compression_level',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'cancel_http_readonly_queries_on_client_close',
]);

export function readCall(request: IncomingMessage, url: URL): Call {
  const search = url.searchParams;
  if (search.has('session_id'))
    throw refuse.notImplemented('Sessions are not supported by the embedded engine.');
  if (search.get('compress') === '1' || search.get('decompress') === '1') {
    throw refuse.notImplemented('Native block compression is not supported; use Content-Encoding: gzip.');
  }
  const settings: Record<string, string> = {};
  const params: Record<string, string> = {};
  for (const [name, value] of search) {
    if (name.startsWith('param_')) params[name.slice('param_'.length)] = value;
    else if (!notSettings.has(name) && name !== 'compress' && name !== 'decompress') settings[name] = value;
  }
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    database: search.get('database') ?? header('x-clickhouse-database') ?? 'default',
    queryId: search.get('query_id') ?? header('x-clickhouse-query-id'),
    urlQuery: search.get('query') || undefined,
    settings,
    params,
    defaultFormat: search.get('default_format') ?? header('x-clickhouse-format'),
    buffered: isTrue(search.get('wait_end_of_query')),
    compressed:
      isTrue(search.get('enable_http_compression')) && /\bgzip\b/.test(header('accept-encoding') ?? ''),
  };
}

const isTrue = (value: string | null): boolean => value === '1' || value === 'true';

/** Unless a call says otherwise: to look at the index of a part costs less than to wake a thread for it. */
const ownSettings = ['max_threads_for_indexes = 1'];

/**
 * The statements that give a fresh connection what the call asks for. Names are checked and values quoted, so
 * neither can end the statement.
 */
export function renderSetup(call: Call, marker: string): string {
  const assignments = [`log_comment = ${quoteText(marker)}`, ...ownSettings];
  for (const [name, value] of Object.entries(call.settings)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw refuse.badArgument(`${name} is no name of a setting.`);
    if (name !== 'log_comment') assignments.push(`${name} = ${quoteText(value)}`);
  }
  return `USE ${quoteName(call.database)}; SET ${assignments.join(', ')}`;
}

export const quoteText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const quoteName = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``;
