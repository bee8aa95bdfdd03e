import { type ModelName, measureCall, models, tokensOf } from './models';
import type { Score, Span, SpanFields, SpanType, Trace } from './plan';
import type { Random } from './random';

export interface CallFields {
  input: unknown;
  output: unknown;
  /** Tokens of an image or a prompt that the input does not show. */
  extraInputTokens?: number;
  cacheable?: number;
  isStreamed?: boolean;
  temperature?: number;
  prompt?: { name: string; version: number };
  metadata?: SpanFields['metadata'];
}

/** Writes down what a program does as it does it: a clock that goes on with each step, and the tree of the steps. */
export class TraceRecorder {
  readonly spans: Span[] = [];
  readonly scores: Score[] = [];
  constructor(
    readonly random: Random,
    readonly facts: Omit<Trace, 'id' | 'spans'>,
    public clock: number,
    readonly traceId = random.hex(32),
  ) {}

  open(parent: Span | null, type: SpanType, name: string, fields: SpanFields = {}): Span {
    const parentId = parent?.id ?? null;
    const span: Span = {
      id: this.random.hex(16),
      parentId,
      name,
      type,
      startMs: this.clock,
      endMs: this.clock,
      ...fields,
    };
    this.spans.push(span);
    // A program does a little between two steps.
    this.clock += this.random.int(1, 6);
    return span;
  }

  close(span: Span, fields: SpanFields = {}): void {
    this.clock += this.random.int(1, 4);
    Object.assign(span, fields, { endMs: this.clock });
  }

  /** A step without steps of its own; `ms` is its median. */
  step(parent: Span | null, type: SpanType, name: string, ms: number, fields: SpanFields): Span {
    const span = this.open(parent, type, name, fields);
    this.clock += Math.round(this.random.around(ms));
    this.close(span);
    return span;
  }

  call(parent: Span | null, name: string, model: ModelName, fields: CallFields): Span {
    const { extraInputTokens = 0, cacheable = 0, isStreamed = false, temperature, ...said } = fields;
    const span = this.open(parent, 'generation', name, { ...said, model });
    const cost = measureCall(this.random, model, {
      inputTokens: tokensOf(said.input) + extraInputTokens,
      outputTokens: tokensOf(said.output),
      cacheable,
    });
    span.usage = cost.usage;
    span.modelParameters = {
      ...(temperature !== undefined && { temperature }),
      max_tokens: models[model].provider === 'anthropic' ? 8_192 : 2_048,
    };
    if (isStreamed) span.firstTokenMs = span.startMs + cost.firstTokenMs;
    this.clock = span.startMs + cost.durationMs;
    this.close(span);
    return span;
  }

  /** A call that the provider refused: no tokens, an error, a pause before the next try. */
  refusedCall(parent: Span | null, name: string, model: ModelName, input: unknown, message: string): Span {
    const span = this.open(parent, 'generation', name, {
      input,
      model,
      level: 'ERROR',
      statusMessage: message,
    });
    this.clock += Math.round(this.random.around(240));
    this.close(span);
    this.clock += this.random.int(900, 2_200);
    return span;
  }

  /** Each begins at the same time; the clock goes on when the last one is done. */
  together(steps: readonly (() => void)[]): void {
    const begin = this.clock;
    let end = begin;
    for (const step of steps) {
      this.clock = begin;
      step();
      end = Math.max(end, this.clock);
    }
    this.clock = end;
  }

  score(
    score: Pick<Score, 'name' | 'source' | 'dataType' | 'value' | 'comment' | 'observationId'>,
    afterMs: number,
  ): void {
    this.scores.push({
      id: `score-${this.random.hex(20)}`,
      traceId: this.traceId,
      environment: this.facts.environment,
      timestampMs: this.clock + Math.round(this.random.around(afterMs)),
      ...score,
    });
  }

  finish(): Trace {
    return { id: this.traceId, ...this.facts, spans: this.spans };
  }
}
