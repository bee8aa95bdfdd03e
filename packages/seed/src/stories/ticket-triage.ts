import type { ModelName } from '../models';
import type { Span } from '../plan';
import { TraceRecorder } from '../trace-recorder';
import type { Setting, Story } from './story';
import { type Ticket, tickets } from './triage-texts';

export const triageInstructions =
  'Sort the message of a customer. Answer with JSON: {"category": one of billing, delivery, defect, return, other; "urgency": 1 to 3; "order": its number or null; "summary": at most ten words}.';

/** A batch of the night: each message becomes a category and a few fields. No user, no session, no streaming. */
export const ticketTriage: Story = {
  rhythm: 'night-batch',
  tell(setting) {
    const { random } = setting;
    const ticket = random.pick(tickets);
    const recorder = triage(
      setting,
      ticket,
      random.weighted({ 'mistral-small-latest': 5, 'gpt-4.1-mini-2025-04-14': 4 }),
      {
        environment: 'production',
        tags: ['batch'],
      },
    );
    return { traces: [recorder.finish()], scores: recorder.scores, media: [] };
  },
};

export function triage(
  { random, startMs, release, isIncident, isLate }: Setting,
  ticket: Ticket,
  model: ModelName,
  place: { environment: string; tags: string[] },
): TraceRecorder {
  const recorder = new TraceRecorder(
    random,
    {
      name: 'triage-ticket',
      app: 'ticket-triage',
      ...place,
      release,
      version: '5',
      metadata: { batch: new Date(startMs).toISOString().slice(0, 10), source: ticket.source },
    },
    startMs,
  );
  const root = recorder.open(null, 'chain', 'triage-ticket', {
    input: { subject: ticket.subject, body: ticket.body },
  });
  recorder.step(root, 'span', 'redact-personal-data', 12, {
    input: ticket.body,
    output: { text: ticket.body, redacted: ticket.body.includes('@') ? ['email'] : [] },
  });
  const input = [
    { role: 'system', content: triageInstructions },
    { role: 'user', content: `${ticket.subject}\n\n${ticket.body}` },
  ];
  const prompt = { name: 'triage/classify', version: isLate ? 3 : 2 };
  const isRight = random.chance(model === 'mistral-small-latest' ? 0.86 : 0.94);
  const result = isRight ? ticket.expected : { ...ticket.expected, category: 'other', urgency: 1 };
  if (isIncident && model !== 'mistral-small-latest')
    recorder.refusedCall(root, 'classify', model, input, '429 Rate limit reached for requests per minute');
  let answer: Span | undefined;
  if (random.chance(0.07)) {
    // Cut off in the middle: the check fails, and it is asked once more.
    answer = recorder.call(root, 'classify', model, {
      input,
      output: { role: 'assistant', content: JSON.stringify(result).slice(0, 38) },
      temperature: 0,
      prompt,
    });
    answer.level = 'WARNING';
    answer.statusMessage = 'Stopped at the length limit';
    recorder.step(root, 'span', 'validate', 2, {
      input: JSON.stringify(result).slice(0, 38),
      level: 'ERROR',
      statusMessage: 'SyntaxError: Unterminated string in JSON at position 38',
    });
  }
  answer = recorder.call(root, 'classify', model, {
    input,
    output: { role: 'assistant', content: JSON.stringify(result) },
    temperature: 0,
    prompt,
  });
  recorder.step(root, 'span', 'validate', 2, { input: result, output: { valid: true } });
  recorder.close(root, { output: result });
  if (place.environment === 'evaluation' || random.chance(0.15)) {
    recorder.score(
      {
        name: 'correct-category',
        source: place.environment === 'evaluation' ? 'EVAL' : 'API',
        dataType: 'BOOLEAN',
        value: isRight ? 1 : 0,
        ...(!isRight && { comment: `Expected ${ticket.expected.category}` }),
      },
      5_000,
    );
  }
  return recorder;
}
