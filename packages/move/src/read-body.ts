import { MoveError } from './move-error';

/** Bytes of one answer: it is held in memory. */
export const maxAnswerBytes = 256 * 1024 * 1024;

/** Throws `MoveError` for an answer that is larger. */
export async function readBody(answer: Response, path: string): Promise<string> {
  if (!answer.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) {
      throw new MoveError(
        `An answer of ${path} is larger than ${maxAnswerBytes / 1024 / 1024} MiB. Run the same command again with a smaller --page-size.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}
