/** What a demo project consists of, before anything of it is sent. Times are milliseconds since 1970. */
export type SpanType =
  | 'span'
  | 'generation'
  | 'agent'
  | 'tool'
  | 'chain'
  | 'retriever'
  | 'embedding'
  | 'guardrail';

/** What can be said of a step when it begins or ends. */
export interface SpanFields {
  input?: unknown;
  output?: unknown;
  level?: 'DEBUG' | 'WARNING' | 'ERROR';
  statusMessage?: string;
  metadata?: Record<string, string | number | boolean>;
  model?: string;
  modelParameters?: Record<string, string | number>;
  /** Tokens by kind; the kinds add up. */
  usage?: Record<string, number>;
  /** When the first token of a streamed answer came. */
  firstTokenMs?: number;
  prompt?: { name: string; version: number };
}

export interface Span extends SpanFields {
  id: string;
  parentId: string | null;
  name: string;
  type: SpanType;
  startMs: number;
  endMs: number;
}

export interface Trace {
  id: string;
  name: string;
  /** The program that made it. */
  app: string;
  userId?: string;
  sessionId?: string;
  environment: string;
  release: string;
  version: string;
  tags: string[];
  metadata: Record<string, string | number | boolean>;
  /** The first is the root; parents come before their children. */
  spans: Span[];
}

export interface Score {
  id: string;
  name: string;
  traceId?: string;
  observationId?: string;
  sessionId?: string;
  source: 'API' | 'EVAL' | 'ANNOTATION';
  dataType: 'NUMERIC' | 'CATEGORICAL' | 'BOOLEAN';
  value: number | string;
  comment?: string;
  environment: string;
  timestampMs: number;
}

/** A file that stands in the input of a span. */
export interface MediaFile {
  traceId: string;
  observationId: string;
  contentType: 'image/png';
  bytes: Uint8Array;
}

export interface Comment {
  traceId: string;
  content: string;
}

export interface PromptVersion {
  name: string;
  type: 'text' | 'chat';
  prompt: string | { role: string; content: string }[];
  labels: string[];
  tags: string[];
  config: Record<string, string | number>;
  commitMessage: string;
}

export interface ScoreConfig {
  name: string;
  dataType: Score['dataType'];
  description: string;
  minValue?: number;
  maxValue?: number;
  categories?: { label: string; value: number }[];
}

export interface DatasetItem {
  id: string;
  input: unknown;
  expectedOutput: unknown;
  metadata: Record<string, string>;
}

export interface DatasetRun {
  name: string;
  description: string;
  metadata: Record<string, string | number>;
  links: { itemId: string; traceId: string }[];
}

export interface Dataset {
  name: string;
  description: string;
  items: DatasetItem[];
  runs: DatasetRun[];
}

/** A queue of traces for people to judge by the named score configs. */
export interface ReviewQueue {
  name: string;
  description: string;
  scoreConfigs: string[];
  items: { traceId: string; isDone: boolean }[];
}

export interface DemoProject {
  prompts: PromptVersion[];
  scoreConfigs: ScoreConfig[];
  /** By the time of their begin. */
  traces: Trace[];
  media: MediaFile[];
  scores: Score[];
  dataset: Dataset;
  queue: ReviewQueue;
  comments: Comment[];
}
