/** What the person sees while it runs: one line that changes on a terminal, a line now and then elsewhere. */
export interface Progress {
  step(text: string): void;
  say(text: string): void;
}

const everyMs = { terminal: 200, file: 5_000 };

export function createProgress(out: NodeJS.WriteStream): Progress {
  let shownAt = 0;
  let isOpen = false;
  const close = () => {
    if (isOpen) out.write('\r\u001b[K');
    isOpen = false;
  };
  return {
    step(text) {
      const now = Date.now();
      if (now - shownAt < (out.isTTY ? everyMs.terminal : everyMs.file)) return;
      shownAt = now;
      if (!out.isTTY) {
        out.write(`${text}\n`);
        return;
      }
      out.write(`\r\u001b[K${text.slice(0, Math.max(20, (out.columns ?? 80) - 1))}`);
      isOpen = true;
    },
    say(text) {
      close();
      out.write(`${text}\n`);
    },
  };
}
