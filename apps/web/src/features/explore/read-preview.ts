/**
 * The first words worth reading of a cut-off payload: of messages as JSON the first text, of anything else the
 * beginning. Always one line.
 */
export function readPreview(preview: string): string {
  const found = /^\s*[[{]/.test(preview)
    ? /"(?:content|text)"\s*:\s*"((?:[^"\\]|\\[\s\S])+)/.exec(preview)?.[1]
    : undefined;
  return (found === undefined ? preview : readEscapes(found)).replace(/\s+/g, ' ').trim();
}

function readEscapes(text: string): string {
  // The cut may run through an escape; what is left of it is dropped.
  const whole = text.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, '');
  try {
    return String(JSON.parse(`"${whole}"`));
  } catch {
    return whole;
  }
}
