import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { encodeSpans } from './encode-spans';
import { generateDemo } from './generate-demo';
import type { Span } from './plan';

const untilMs = Date.parse('2026-03-19T15:00:00Z');
const size = { seed: 7, traces: 300, days: 7, untilMs };
const demo = generateDemo(size);
const spans = demo.traces.flatMap((trace) => trace.spans);
const count = <Item>(items: readonly Item[], fits: (item: Item) => boolean) => items.filter(fits).length;

describe('a demo project', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(isDeepStrictEqual(generateDemo(size), demo)).toBe(true);
    const other = generateDemo({ ...size, seed: 8 });
    const ids = new Set(demo.traces.map(({ id }) => id));
    expect(other.traces.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it('has as many traces as were asked for, beside those of the runs', () => {
    const ofRuns = demo.dataset.runs.flatMap(({ links }) => links).length;
    expect(ofRuns).toBe(demo.dataset.items.length * demo.dataset.runs.length);
    expect(demo.traces).toHaveLength(size.traces + ofRuns);
    expect(generateDemo({ ...size, traces: 1 }).traces).toHaveLength(1 + ofRuns);
  });

  it('lies within its days, and is busier by day than by night', () => {
    const fromMs = untilMs - size.days * 86_400_000;
    for (const { startMs, endMs } of spans) {
      expect(startMs).toBeGreaterThanOrEqual(fromMs);
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      expect(endMs).toBeLessThanOrEqual(untilMs);
    }
    const chats = demo.traces.filter(({ app }) => app === 'support-chat');
    const hourOf = (trace: (typeof chats)[number]) => new Date(trace.spans[0]!.startMs).getUTCHours();
    expect(count(chats, (trace) => hourOf(trace) >= 16 && hourOf(trace) < 22)).toBeGreaterThan(
      4 * count(chats, (trace) => hourOf(trace) < 6),
    );
  });

  it('consists of trees: one root each, children within the time of their parents', () => {
    for (const trace of demo.traces) {
      const known = new Map<string, Span>();
      for (const span of trace.spans) {
        if (span.parentId === null) expect(known.size).toBe(0);
        else {
          const parent = known.get(span.parentId)!;
          expect(span.startMs).toBeGreaterThanOrEqual(parent.startMs);
          expect(span.endMs).toBeLessThanOrEqual(parent.endMs);
        }
        known.set(span.id, span);
      }
      expect(known.size).toBe(trace.spans.length);
    }
  });

  it('shows something of everything', () => {
    expect(new Set(demo.traces.map(({ app }) => app)).size).toBe(5);
    expect(new Set(spans.map(({ type }) => type)).size).toBe(8);
    expect(new Set(spans.flatMap(({ model }) => model ?? [])).size).toBeGreaterThanOrEqual(7);
    expect(new Set(demo.traces.map(({ release }) => release)).size).toBe(3);
    expect(new Set(demo.traces.map(({ environment }) => environment)).size).toBe(4);
    expect(count(spans, ({ level }) => level === 'ERROR')).toBeGreaterThan(10);
    expect(count(spans, ({ level }) => level === 'WARNING')).toBeGreaterThan(10);
    expect(count(spans, ({ firstTokenMs }) => firstTokenMs !== undefined)).toBeGreaterThan(100);
    expect(count(spans, ({ metadata }) => metadata?.langgraph_node !== undefined)).toBeGreaterThan(10);
    expect(new Set(demo.scores.map(({ source }) => source))).toEqual(new Set(['API', 'EVAL', 'ANNOTATION']));
    expect(new Set(demo.scores.map(({ dataType }) => dataType)).size).toBe(3);
    expect(demo.media.length).toBeGreaterThan(10);
    expect(demo.comments.length).toBeGreaterThan(1);
    expect(demo.queue.items).toHaveLength(10);
    const turns = new Map<string | undefined, number>();
    for (const { sessionId } of demo.traces.filter(({ app }) => app === 'support-chat'))
      turns.set(sessionId, (turns.get(sessionId) ?? 0) + 1);
    expect(Math.max(...turns.values())).toBe(3);
  });

  it('counts each token once', () => {
    for (const { usage } of spans) {
      if (!usage) continue;
      const { total, ...kinds } = usage;
      expect(Object.values(kinds).reduce((sum, tokens) => sum + tokens, 0)).toBe(total);
      expect(Object.values(usage).every((tokens) => Number.isInteger(tokens) && tokens >= 0)).toBe(true);
    }
    const keys = new Set(spans.flatMap(({ usage }) => Object.keys(usage ?? {})));
    for (const key of ['cache_read_input_tokens', 'cache_creation_input_tokens', 'input_cached_tokens'])
      expect(keys).toContain(key);
    expect(keys).toContain('output_reasoning_tokens');
  });

  it('speaks only of what it holds', () => {
    const traceIds = new Set(demo.traces.map(({ id }) => id));
    const sessionIds = new Set(demo.traces.map(({ sessionId }) => sessionId));
    const spanIds = new Set(spans.map(({ id }) => id));
    for (const { traceId, sessionId, observationId } of demo.scores) {
      expect(traceId ? traceIds.has(traceId) : sessionIds.has(sessionId)).toBe(true);
      if (observationId) expect(spanIds).toContain(observationId);
    }
    for (const { traceId, observationId } of demo.media)
      expect(traceIds.has(traceId) && spanIds.has(observationId)).toBe(true);
    const versions = new Set<string>();
    const counts = new Map<string, number>();
    for (const { name } of demo.prompts) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      versions.add(`${name} ${counts.get(name)}`);
    }
    for (const { prompt } of spans)
      if (prompt) expect(versions).toContain(`${prompt.name} ${prompt.version}`);
    const names = new Set(demo.scoreConfigs.map(({ name }) => name));
    for (const { source, name } of demo.scores) if (source === 'ANNOTATION') expect(names).toContain(name);
    for (const { id } of demo.dataset.items) expect(id).toBeTruthy();
  });

  it('becomes spans of OTLP', () => {
    const text = JSON.stringify(encodeSpans(demo.traces.slice(0, 5)));
    expect(text).not.toContain('undefined');
    expect(text.match(/"spanId"/g)).toHaveLength(
      demo.traces.slice(0, 5).reduce((sum, trace) => sum + trace.spans.length, 0),
    );
  });
});
