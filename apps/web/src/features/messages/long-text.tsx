'use client';
import { formatCount } from '@tracewell/ui';
import { useState } from 'react';
import { Markdown, TextViewer } from '../payload/lazy-viewers';

interface LongTextProps {
  text: string;
  label: string;
  /** Characters shown at first. */
  firstCharacters?: number;
}

/** Beyond this Markdown would make the page wait; such texts are shown as they are. */
const maxMarkdownCharacters = 100_000;

/** A text as Markdown. A long one is cut at first, so that what comes after it stays in reach. */
export function LongText({ text, label, firstCharacters = 4_000 }: LongTextProps) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > firstCharacters * 1.25;
  const shown = isLong && !isWhole ? text.slice(0, firstCharacters) : text;
  return (
    <div>
      {shown.length > maxMarkdownCharacters ? (
        <TextViewer text={shown} label={label} maxHeight={560} />
      ) : (
        <Markdown text={shown} />
      )}
      {isLong ? (
        <button
          type="button"
          onClick={() => setWhole(!isWhole)}
          className="mt-1.5 rounded bg-sunken px-1.5 py-0.5 text-2xs font-medium text-ink-muted hover:text-ink"
        >
          {isWhole ? 'Show less' : `… show all ${formatCount(text.length)} characters`}
        </button>
      ) : null}
    </div>
  );
}
