'use client';
import { CopyButton } from '@tracewell/ui';

/** Code with its copy button; every line on one row, scrolled sideways. */
export function CodeBlock({ code, what }: { code: string; what: string }) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      <pre className="overflow-x-auto p-3 pr-10 font-mono text-xs leading-5">{code}</pre>
      <span className="absolute top-1.5 right-1.5 rounded bg-sunken">
        <CopyButton text={code} what={what} size="icon" />
      </span>
    </div>
  );
}
