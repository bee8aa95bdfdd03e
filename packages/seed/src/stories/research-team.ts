import type { Span } from '../plan';
import { TraceRecorder } from '../trace-recorder';
import { researches } from './research-texts';
import type { Story } from './story';

/** Several agents in a graph: a supervisor hands work to a researcher, a writer and a critic. */
export const researchTeam: Story = {
  rhythm: 'office',
  tell({ random, startMs, release, userId, isLate }) {
    const research = random.pick(researches);
    const threadId = `thread-${random.hex(10)}`;
    const recorder = new TraceRecorder(
      random,
      {
        name: 'research-team',
        app: 'research-team',
        userId,
        sessionId: threadId,
        environment: 'production',
        release,
        version: isLate ? '1.4' : '1.3',
        tags: ['langgraph', 'multi-agent'],
        metadata: { thread_id: threadId, recursion_limit: 25 },
      },
      startMs,
    );
    const root = recorder.open(null, 'chain', 'LangGraph', {
      input: { messages: [{ role: 'user', content: research.question }] },
    });
    let step = 0;
    const node = (name: string, work: (span: Span) => unknown): void => {
      const metadata = { langgraph_node: name, langgraph_step: ++step, thread_id: threadId };
      const span = recorder.open(root, name === 'tools' ? 'chain' : 'agent', name, { metadata });
      const output = work(span);
      recorder.close(span, { output });
    };
    const say = (span: Span, content: string, question: string): void => {
      const isSupervisor = span.name === 'supervisor';
      recorder.call(
        span,
        isSupervisor ? 'route' : 'ChatOpenAI',
        isSupervisor ? 'gpt-4.1-mini-2025-04-14' : 'gpt-5-mini',
        {
          input: [
            { role: 'system', content: roles[span.name] ?? '' },
            { role: 'user', content: question },
          ],
          output: { role: 'assistant', content },
          isStreamed: !isSupervisor,
          extraInputTokens: 900 + step * 210,
          cacheable: step > 2 ? 900 : 0,
          metadata: { ...span.metadata },
        },
      );
    };
    const route = (next: string): void =>
      node('supervisor', (span) => {
        say(span, JSON.stringify({ next }), research.question);
        return { next };
      });

    route('researcher');
    node('researcher', (span) => {
      say(span, research.plan, research.question);
      return { plan: research.plan };
    });
    node('tools', (span) => {
      recorder.together(
        research.searches.map(({ query, result }) => () => {
          const isTimedOut = random.chance(0.06);
          if (isTimedOut) {
            recorder.step(span, 'tool', 'search_knowledge', 10_000, {
              input: { query },
              level: 'ERROR',
              statusMessage: 'TimeoutError: no answer of the search within 10 s',
              metadata: { ...span.metadata, attempt: 1 },
            });
          }
          recorder.step(span, 'tool', 'search_knowledge', 850, {
            input: { query },
            output: result,
            metadata: { ...span.metadata, attempt: isTimedOut ? 2 : 1 },
          });
        }),
      );
      return { results: research.searches.length };
    });
    node('researcher', (span) => {
      say(span, research.notes, research.searches.map(({ result }) => result).join('\n'));
      return { notes: research.notes };
    });
    route('writer');
    const rounds = random.int(1, 2);
    for (let round = 0; round < rounds; round++) {
      node('writer', (span) => {
        say(span, research.draft, research.notes);
        return { draft: research.draft };
      });
      node('critic', (span) => {
        say(span, research.critique, research.draft);
        return { critique: research.critique, approved: round === rounds - 1 };
      });
    }
    node('writer', (span) => {
      say(span, research.report, `${research.draft}\n\nCritique: ${research.critique}`);
      return { report: research.report };
    });
    route('FINISH');
    recorder.close(root, { output: { messages: [{ role: 'assistant', content: research.report }] } });
    if (random.chance(0.6)) {
      recorder.score(
        {
          name: 'report-quality',
          source: 'EVAL',
          dataType: 'NUMERIC',
          value: Number((0.62 + random.next() * 0.36).toFixed(2)),
          comment: 'Answers the question, names its numbers.',
        },
        30_000,
      );
    }
    return { traces: [recorder.finish()], scores: recorder.scores, media: [] };
  },
};

const roles: Record<string, string> = {
  supervisor: 'You lead a team. Say who works next: researcher, writer, critic or FINISH.',
  researcher: 'You find facts with the search tool and note them with their numbers.',
  writer: 'You write short reports for people who decide. The answer comes first.',
  critic: 'You read a draft as its reader will, and say what is missing.',
};
