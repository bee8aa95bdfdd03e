import {
  type Fields,
  isFields,
  type MediaKind,
  type MessagePart,
  parseLoose,
  pick,
  textOf,
} from './chat-shape';

/**
 * One piece of a message's content. A table of the shapes in use: OpenAI (chat and responses), Anthropic,
 * Gemini, Bedrock, Vercel AI SDK, OpenInference, and the OpenTelemetry GenAI conventions. What is none of
 * them is shown as JSON, never dropped.
 */
export function parseParts(content: unknown): MessagePart[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (Array.isArray(content)) return content.flatMap(parsePart);
  return parsePart(content);
}

export function parsePart(part: unknown): MessagePart[] {
  if (typeof part === 'string') return part ? [{ type: 'text', text: part }] : [];
  if (!isFields(part)) return part === null || part === undefined ? [] : [{ type: 'json', value: part }];
  if (isFields(part.message_content)) return parsePart(part.message_content);
  const type = textOf(pick(part, 'type', 'part_kind', '$type'));
  const parse = byType[type] ?? (type.startsWith('tool-') ? parseToolUi : undefined);
  return parse?.(part) ?? parseUntyped(part) ?? [{ type: 'json', value: part }];
}

type PartParser = (part: Fields) => MessagePart[] | undefined;

const parseText: PartParser = (part) => {
  const text = pick(part, 'text', 'content', 'value');
  if (isFields(text)) return [{ type: 'text', text: textOf(text.value) }];
  return typeof text === 'string' ? [{ type: part.thought === true ? 'thinking' : 'text', text }] : undefined;
};
const parseThinking: PartParser = (part) => {
  const summary = Array.isArray(part.summary)
    ? part.summary.map((each) => (isFields(each) ? textOf(each.text) : ''))
    : [];
  const text = textOf(pick(part, 'thinking', 'text', 'content', 'reasoning')) || summary.join('\n\n');
  return [{ type: 'thinking', text: text || '(not shown by the model)' }];
};
const parseToolCall: PartParser = (part) => {
  const call = isFields(part.function) ? part.function : part;
  return [
    {
      type: 'toolCall',
      id: textOf(pick(part, 'call_id', 'toolCallId', 'toolUseId', 'tool_call_id', 'id')),
      name: nameTool(call),
      arguments: parseLoose(pick(call, 'arguments', 'input', 'args')),
    },
  ];
};
const parseToolResult: PartParser = (part) => {
  const output = pick(part, 'response', 'result', 'output', 'content');
  const wrapped = isFields(output) && 'value' in output && typeof output.type === 'string';
  const isError =
    part.is_error === true ||
    part.isError === true ||
    part.status === 'error' ||
    (wrapped && textOf(output.type).startsWith('error'));
  return [
    {
      type: 'toolResult',
      callId: textOf(
        pick(part, 'tool_use_id', 'toolUseId', 'toolCallId', 'tool_call_id', 'call_id', 'callId', 'id'),
      ),
      name: textOf(pick(part, 'name', 'toolName', 'tool_name', 'functionName')),
      result: simplifyResult(wrapped ? output.value : output),
      isError,
    },
  ];
};
/** Semantic Kernel names a function within its plugin. */
const nameTool = (call: Fields): string =>
  textOf(pick(call, 'name', 'toolName', 'tool_name')) ||
  [textOf(call.pluginName), textOf(call.functionName)].filter(Boolean).join('.');
/** A part of an AI SDK UI message: call and, once there, result in one. */
const parseToolUi: PartParser = (part) => {
  const named = { ...part, name: textOf(part.toolName) || textOf(part.type).slice('tool-'.length) };
  const calls = parseToolCall(named) ?? [];
  const failure = textOf(part.errorText);
  if (part.output === undefined && !failure) return calls;
  const results =
    parseToolResult({ ...named, output: failure || part.output, isError: Boolean(failure) }) ?? [];
  return [...calls, ...results];
};
const parseImage: PartParser = (part) => {
  const image = pick(part, 'image_url', 'image', 'source', 'data', 'url', 'file_id');
  if (image === undefined) return undefined;
  return [media('image', image, part)];
};
const parseFile: PartParser = (part) => {
  const file = isFields(part.file) ? part.file : part;
  const mimeType = mimeOf(file);
  const source = pick(
    file,
    'file_data',
    'data',
    'url',
    'file_url',
    'uri',
    'source',
    'content',
    'file_id',
    'file_uri',
  );
  return [media(kindOf(mimeType, textOf(part.modality)), source, file)];
};

const byType: Record<string, PartParser | undefined> = {
  text: parseText,
  input_text: parseText,
  output_text: parseText,
  summary_text: parseText,
  refusal: (part) => [{ type: 'text', text: textOf(part.refusal) }],
  thinking: parseThinking,
  reasoning: parseThinking,
  redacted_thinking: parseThinking,
  tool_use: parseToolCall,
  server_tool_use: parseToolCall,
  tool_call: parseToolCall,
  'tool-call': parseToolCall,
  function_call: parseToolCall,
  function: parseToolCall,
  tool_result: parseToolResult,
  'tool-result': parseToolResult,
  tool_call_response: parseToolResult,
  function_call_output: parseToolResult,
  image_url: parseImage,
  input_image: parseImage,
  image: parseImage,
  input_audio: (part) => {
    const audio = isFields(part.input_audio) ? part.input_audio : part;
    return [media('audio', audio.data, { mime_type: `audio/${textOf(audio.format) || 'wav'}` })];
  },
  document: parseFile,
  file: parseFile,
  input_file: parseFile,
  blob: parseFile,
  uri: parseFile,
  'step-start': () => [],
  // Pydantic AI
  'system-prompt': parseText,
  'user-prompt': (part) => parseParts(part.content),
  'tool-return': parseToolResult,
  'retry-prompt': (part) =>
    part.tool_call_id ? parseToolResult({ ...part, isError: true }) : parseText(part),
  // Semantic Kernel
  TextContent: parseText,
  FunctionCallContent: parseToolCall,
  FunctionResultContent: parseToolResult,
};

/** Parts told apart by the key they have: Gemini and Bedrock. */
function parseUntyped(part: Fields): MessagePart[] | undefined {
  const call = pick(part, 'functionCall', 'function_call', 'toolUse');
  if (isFields(call)) return parseToolCall(call);
  const response = pick(part, 'functionResponse', 'function_response', 'toolResult');
  if (isFields(response)) return parseToolResult(response);
  const inline = pick(part, 'inlineData', 'inline_data', 'fileData', 'file_data');
  if (isFields(inline)) return parseFile({ ...inline, url: pick(inline, 'fileUri', 'file_uri') });
  if (isFields(part.reasoningContent)) {
    const reasoning = part.reasoningContent.reasoningText;
    return parseThinking(isFields(reasoning) ? reasoning : part.reasoningContent);
  }
  if (isFields(part.image) && !part.type) return parseImage(part);
  return typeof part.text === 'string' ? parseText(part) : undefined;
}

/** A result of text blocks only is the text; one JSON block is its value. */
function simplifyResult(result: unknown): unknown {
  if (!Array.isArray(result)) return parseLoose(result);
  const texts = result.map((block) =>
    isFields(block) && typeof block.text === 'string' ? block.text : null,
  );
  if (texts.length && texts.every((text) => text !== null)) return parseLoose(texts.join('\n'));
  const [only] = result;
  return result.length === 1 && isFields(only) && 'json' in only ? only.json : result;
}

function media(kind: MediaKind, source: unknown, fields: Fields): MessagePart {
  const named = {
    mimeType: mimeOf(fields),
    name: textOf(pick(fields, 'filename', 'file_name', 'name', 'title')),
  };
  if (typeof source === 'string')
    return { type: 'media', kind, source: toUrl(source, named.mimeType), ...named };
  if (!isFields(source)) return { type: 'media', kind, source: '', ...named };
  if (isFields(source.image)) return media(kind, source.image, fields);
  const mimeType =
    mimeOf(source) || (textOf(source.format) ? `image/${textOf(source.format)}` : named.mimeType);
  const inner = pick(source, 'url', 'data', 'bytes', 'source', 'file_id');
  if (isFields(inner)) return media(kind, inner, { ...fields, mime_type: mimeType });
  return { type: 'media', kind, source: toUrl(textOf(inner), mimeType), mimeType, name: named.name };
}

const mimeOf = (fields: Fields): string =>
  textOf(pick(fields, 'mime_type', 'mimeType', 'mediaType', 'media_type'));

function kindOf(mimeType: string, modality: string): MediaKind {
  const kind = modality || mimeType.split('/')[0];
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
}

/** Bare base64 becomes a data URI; addresses and references stay. */
function toUrl(source: string, mimeType: string): string {
  if (source === '' || /^([a-z][a-z0-9+.-]*:|\/|@@@)/i.test(source.slice(0, 40))) {
    if (!source.startsWith('/9j/')) return source;
  }
  const isBase64 = source.length > 64 && /^[A-Za-z0-9+/=\s_-]+$/.test(source.slice(0, 200));
  return isBase64 ? `data:${mimeType || 'application/octet-stream'};base64,${source}` : source;
}
