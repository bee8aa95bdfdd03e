import type { Score, Trace } from '../plan';
import { TraceRecorder } from '../trace-recorder';
import type { Setting, Story } from './story';
import { conversations, systemPrompts, type Turn } from './support-texts';

/** A chat with customers that looks things up before it answers: a session of one to three traces. */
export const supportChat: Story = {
  rhythm: 'evening',
  tell(setting) {
    const { random } = setting;
    const sessionId = `chat-${random.hex(8)}`;
    const turns = random.pick(conversations);
    const history: { role: string; content: string }[] = [];
    const traces: Trace[] = [];
    const scores: Score[] = [];
    let clock = setting.startMs;
    for (const turn of turns) {
      const recorder = tellTurn(setting, sessionId, turn, history, clock);
      traces.push(recorder.finish());
      scores.push(...recorder.scores);
      history.push({ role: 'user', content: turn.question }, { role: 'assistant', content: turn.answer });
      // The customer reads and types.
      clock = recorder.clock + Math.round(random.around(45_000, 0.6));
    }
    if (random.chance(0.4)) {
      const isResolved = !turns.at(-1)!.answer.includes('colleague');
      scores.push({
        id: `score-${random.hex(20)}`,
        sessionId,
        name: 'resolved',
        source: 'API',
        dataType: 'BOOLEAN',
        value: isResolved ? 1 : 0,
        environment: traces[0]!.environment,
        timestampMs: clock,
      });
    }
    return { traces, scores, media: [] };
  },
};

function tellTurn(
  { random, userId, release, isIncident, isLate }: Setting,
  sessionId: string,
  turn: Turn,
  history: readonly { role: string; content: string }[],
  startMs: number,
): TraceRecorder {
  const isStaging = random.chance(0.06);
  const language = turn.question.startsWith('Kan ') ? 'nl' : 'en';
  const recorder = new TraceRecorder(
    random,
    {
      name: 'answer-customer',
      app: 'support-chat',
      userId,
      sessionId,
      environment: isStaging ? 'staging' : 'production',
      release,
      version: isLate ? '2' : '1',
      tags: ['support', ...(turn.order ? ['orders'] : []), ...(random.chance(0.1) ? ['vip'] : [])],
      metadata: {
        channel: random.weighted({ web: 6, app: 3, whatsapp: 1 }),
        language,
        turn: history.length / 2 + 1,
      },
    },
    startMs,
  );
  const root = recorder.open(null, 'chain', 'answer-customer', { input: turn.question });
  const isAttack = turn.articles.length === 0;
  recorder.step(root, 'guardrail', 'check-input', 35, {
    input: turn.question,
    output: { allowed: true, injection: isAttack ? 0.94 : 0.02 },
    ...(isAttack && { level: 'WARNING', statusMessage: 'Looks like an attempt to change the instructions' }),
  });
  if (!isAttack) retrieve(recorder, root, turn, history.length > 0);
  if (turn.order) {
    const isSlow = random.chance(0.08);
    recorder.step(root, 'tool', 'lookup_order', isSlow ? 4_800 : 180, {
      input: { order_number: turn.order.number },
      output: turn.order,
      ...(isSlow && { level: 'WARNING', statusMessage: 'The order system took longer than 2 s' }),
    });
  }
  const prompt = { name: 'support/answer', version: isLate ? 2 : 1 };
  const context = turn.articles.map(({ title, text }) => `## ${title}\n${text}`).join('\n\n');
  const input = [
    { role: 'system', content: `${systemPrompts[isLate ? 1 : 0]}\n\n${context}` },
    ...history,
    { role: 'user', content: turn.question },
  ];
  const model = isLate ? 'claude-haiku-4-5' : 'gpt-4o-mini-2024-07-18';
  if (isIncident && random.chance(0.7)) {
    const tries = random.int(1, 3);
    for (let n = 0; n < tries; n++)
      recorder.refusedCall(
        root,
        'answer',
        model,
        input,
        '529 Overloaded: the provider is temporarily overloaded',
      );
    if (tries === 3) {
      recorder.close(root, {
        output: { error: 'The assistant is not available right now.' },
        level: 'ERROR',
        statusMessage: 'No answer after 3 tries: 529 Overloaded',
      });
      return recorder;
    }
  }
  const answer = recorder.call(root, 'answer', model, {
    input,
    output: { role: 'assistant', content: turn.answer },
    isStreamed: true,
    temperature: 0.3,
    prompt,
    extraInputTokens: 1_150,
    ...(history.length > 0 && { cacheable: 1_280 }),
  });
  recorder.close(root, { output: turn.answer });
  judge(recorder, answer.id, turn, isLate);
  return recorder;
}

function retrieve(
  recorder: TraceRecorder,
  root: TraceRecorder['spans'][number],
  turn: Turn,
  isFollowUp: boolean,
): void {
  const search = recorder.open(root, 'retriever', 'search-handbook', {
    input: { query: turn.question, top_k: 4 },
  });
  if (isFollowUp) {
    recorder.call(search, 'rewrite-question', 'gpt-4.1-mini-2025-04-14', {
      input: [
        {
          role: 'system',
          content: 'Rewrite the last question so that it stands alone. Answer with the question only.',
        },
        { role: 'user', content: turn.question },
      ],
      output: { role: 'assistant', content: `${turn.question} (${turn.articles[0]!.title.toLowerCase()})` },
      temperature: 0,
      prompt: { name: 'support/rewrite-question', version: 1 },
    });
  }
  recorder.step(search, 'embedding', 'embed-question', 90, {
    input: turn.question,
    model: 'text-embedding-3-small',
    usage: { input: Math.ceil(turn.question.length / 4), total: Math.ceil(turn.question.length / 4) },
  });
  recorder.step(search, 'span', 'vector-search', 28, {
    input: { collection: 'handbook', top_k: 4 },
    output: { hits: turn.articles.length },
    metadata: { index: 'handbook-2', candidates: 64 },
  });
  recorder.close(search, {
    output: turn.articles.map((article, n) => ({ ...article, score: Number((0.86 - n * 0.11).toFixed(2)) })),
  });
}

function judge(recorder: TraceRecorder, observationId: string, turn: Turn, isLate: boolean): void {
  const { random } = recorder;
  const isWeak = turn.answer.includes('rather not guess') || turn.articles.length === 0;
  if (random.chance(0.6)) {
    const value = Math.min(
      1,
      Math.max(0, (isWeak ? 0.55 : isLate ? 0.91 : 0.83) + (random.next() - 0.5) * 0.2),
    );
    recorder.score(
      {
        name: 'groundedness',
        source: 'EVAL',
        dataType: 'NUMERIC',
        value: Number(value.toFixed(2)),
        observationId,
        comment: isWeak
          ? 'The answer leaves the question open; nothing in the articles answers it.'
          : 'Every statement of the answer is found in the articles.',
      },
      20_000,
    );
  }
  if (random.chance(0.22)) {
    const isGood = random.chance(isWeak ? 0.25 : 0.86);
    recorder.score(
      {
        name: 'user-feedback',
        source: 'API',
        dataType: 'BOOLEAN',
        value: isGood ? 1 : 0,
        ...(!isGood && {
          comment: random.pick(['did not answer my question', 'too slow', 'I wanted a person']),
        }),
      },
      30_000,
    );
  }
  if (random.chance(0.07)) {
    const value = isWeak ? 'too vague' : random.weighted({ friendly: 7, 'too long': 2, 'too vague': 1 });
    recorder.score({ name: 'tone', source: 'ANNOTATION', dataType: 'CATEGORICAL', value }, 7_200_000);
  }
}
