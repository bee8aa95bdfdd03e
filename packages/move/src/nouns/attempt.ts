import { Refusal } from '../client';
import type { MoveContext, NounName } from '../context';

/** Does one thing; when the server here refuses it, that thing is lost and said, and the others go on. */
export async function attempt<Value>(
  { report }: Pick<MoveContext, 'report'>,
  noun: NounName,
  what: string,
  act: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report.find('lost', noun, `${what}: ${error.status} ${error.said}`);
    return null;
  }
}
