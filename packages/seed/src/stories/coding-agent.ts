import { tokensOf } from '../models';
import type { Span } from '../plan';
import { TraceRecorder } from '../trace-recorder';
import { type Issue, issues } from './coding-texts';
import type { Setting, Story } from './story';

const system =
  'You fix issues in a TypeScript repository. Read before you write, make the smallest change that is right, run the tests, and end with a summary for the pull request.';
const tools = ['search_code', 'read_file', 'edit_file', 'run_tests'].map((name) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: {} } },
}));

/** Tokens of the tools and rules that each call begins with. */
const preambleTokens = 3_400;
const maxTestRuns = 6;

type Message = Record<string, unknown>;

/** An agent that works for minutes: each step is a call whose history has grown, and a tool. */
export const codingAgent: Story = {
  rhythm: 'office',
  tell(setting) {
    const { random, startMs, release, userId, isLate } = setting;
    const issue = random.pick(issues);
    const recorder = new TraceRecorder(
      random,
      {
        name: 'fix-issue',
        app: 'coding-agent',
        userId,
        sessionId: `issue-${issue.number}`,
        environment: random.chance(0.8) ? 'production' : 'development',
        release,
        version: isLate ? '0.9.0' : '0.8.3',
        tags: ['agent', 'coding'],
        metadata: { repository: 'harbour/booking', issue: issue.number, branch: `fix/${issue.number}` },
      },
      startMs,
    );
    const root = recorder.open(null, 'agent', 'fix-issue', {
      input: `#${issue.number} ${issue.title}\n\n${issue.body}`,
    });
    new Work(recorder, root, issue, setting).run();
    return { traces: [recorder.finish()], scores: recorder.scores, media: [] };
  },
};

class Work {
  readonly #messages: Message[];
  #calls = 0;
  constructor(
    readonly recorder: TraceRecorder,
    readonly root: Span,
    readonly issue: Issue,
    readonly setting: Setting,
  ) {
    this.#messages = [
      { role: 'system', content: system },
      { role: 'user', content: `#${issue.number} ${issue.title}\n\n${issue.body}` },
    ];
  }

  run(): void {
    const { issue, recorder, root } = this;
    const { random } = recorder;
    const [search, found, check, change, test] = issue.thoughts as [string, string, string, string, string];
    this.#act(search, 'search_code', { pattern: issue.search.pattern }, issue.search.hits.join('\n'), 60);
    issue.files.forEach((file, n) => {
      // Now and then it remembers a path that is not there.
      if (random.chance(0.12)) {
        const path = file.path.replace('src/', 'lib/');
        this.#act(found, 'read_file', { path }, null, 4, `ENOENT: no such file or directory, open '${path}'`);
      }
      this.#act(n === 0 ? found : check, 'read_file', { path: file.path }, file.text, 6);
    });
    this.#act(change, 'edit_file', { ...issue.edit }, 'ok: 1 replacement', 9);
    let isPassing = false;
    const runs = random.weighted({ '1': 3, '2': 4, '3': 2, '6': 1 });
    const last = Number(runs);
    for (let run = 1; run <= Math.min(last, maxTestRuns) && !isPassing; run++) {
      const isStuck = last === maxTestRuns;
      isPassing = run === last && !isStuck;
      const report = isPassing ? 'All tests passed: 42 passed in 6.1 s' : issue.failure;
      this.#act(
        test,
        'run_tests',
        { filter: issue.edit.path.split('/')[1]! },
        report,
        6_200,
        isPassing ? undefined : 'Tests failed (exit code 1)',
      );
      if (!isPassing)
        this.#act(change, 'edit_file', { path: issue.edit.path, attempt: run }, 'ok: 1 replacement', 9);
    }
    const summary = isPassing
      ? issue.summary
      : 'I could not make the tests pass. The change is on the branch; the failure is in the last run of the tests. A person should look at it.';
    this.#call({ role: 'assistant', content: summary });
    recorder.close(root, {
      output: summary,
      ...(!isPassing && { level: 'ERROR', statusMessage: 'Gave up after 6 runs of the tests' }),
    });
    recorder.score(
      { name: 'tests-passed', source: 'API', dataType: 'BOOLEAN', value: isPassing ? 1 : 0 },
      1_000,
    );
    if (random.chance(0.5)) {
      recorder.score(
        {
          name: 'change-quality',
          source: 'EVAL',
          dataType: 'NUMERIC',
          value: Number((isPassing ? 0.75 + random.next() * 0.25 : random.next() * 0.4).toFixed(2)),
          comment: isPassing
            ? 'Small, at the cause, with a test.'
            : 'The same edit again and again; the cause is elsewhere.',
        },
        60_000,
      );
    }
  }

  /** Thinks, asks for a tool, and sees what it gives. */
  #act(
    thought: string,
    tool: string,
    args: Record<string, unknown>,
    result: string | null,
    ms: number,
    failure?: string,
  ): void {
    const id = `toolu_${this.recorder.random.hex(16)}`;
    this.#call({
      role: 'assistant',
      content: thought,
      tool_calls: [{ id, type: 'function', function: { name: tool, arguments: JSON.stringify(args) } }],
    });
    this.recorder.step(this.root, 'tool', tool, ms, {
      input: args,
      output: result,
      ...(failure && { level: 'ERROR' as const, statusMessage: failure }),
    });
    this.#messages.push({ role: 'tool', tool_call_id: id, content: result ?? failure });
  }

  #call(answer: Message): void {
    const { recorder, root, setting } = this;
    const input = { messages: [...this.#messages], tools };
    if (setting.isIncident && recorder.random.chance(0.3)) {
      recorder.refusedCall(
        root,
        'think',
        'claude-sonnet-4-5',
        input,
        '529 Overloaded: the provider is temporarily overloaded',
      );
    }
    // All that it was asked before is in the cache.
    const seen = this.#calls++ === 0 ? 0 : preambleTokens + tokensOf(this.#messages.slice(0, -2));
    recorder.call(root, 'think', 'claude-sonnet-4-5', {
      input,
      output: answer,
      isStreamed: true,
      temperature: 0.2,
      extraInputTokens: preambleTokens,
      cacheable: seen,
      metadata: { step: this.#calls },
    });
    this.#messages.push(answer);
  }
}
