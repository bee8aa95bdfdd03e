/** Who is spoken to in a comment, kept in its text as `@[Name](user:id)`. */
const mention = /@\[([^\]\n]{1,200})\]\(user:([^)\s]{1,200})\)/g;

/** The text with names as Markdown shows them: strong, and no link. */
export const showMentions = (content: string): string =>
  content.replace(mention, (_, name: string) => `**@${name.replace(/[\\*_`[\]<>]/g, '\\$&')}**`);

export const writeMention = ({ id, name }: { id: string; name: string }): string =>
  `@[${name.replace(/[[\]\n]/g, ' ').trim() || 'member'}](user:${id}) `;

/** What is being completed before the caret: an @ at the start of a word, and what follows it. */
export function findOpenMention(text: string, caret: number): { start: number; search: string } | null {
  const found = /(?:^|\s)@([\p{L}\p{N}._-]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const search = found[1] ?? '';
  return { start: caret - search.length - 1, search };
}
