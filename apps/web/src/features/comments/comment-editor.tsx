'use client';
import { useQuery } from '@tanstack/react-query';
import { Button, cn } from '@tracewell/ui';
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { mentionableQuery } from '../../api-client/discussion';
import { findOpenMention, writeMention } from './mentions';

interface CommentEditorProps {
  projectId: string;
  label: string;
  initial?: string;
  action: string;
  isBusy: boolean;
  onSave: (content: string) => void;
  onCancel?: () => void;
  fieldRef?: RefObject<HTMLTextAreaElement | null>;
}

const maxChars = 5_000;

/** Markdown with completion of members after an @; Ctrl+Enter saves, Escape leaves. */
export function CommentEditor(props: CommentEditorProps) {
  const { projectId, label, action, isBusy, onSave, onCancel } = props;
  const [text, setText] = useState(props.initial ?? '');
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const own = useRef<HTMLTextAreaElement>(null);
  const field = props.fieldRef ?? own;
  const listId = useId();
  const open = findOpenMention(text, caret);
  const isOpen = open !== null && open.start !== dismissed;
  const people = useQuery({ ...mentionableQuery(projectId, open?.search ?? ''), enabled: isOpen });
  const offered = isOpen ? (people.data?.data ?? []) : [];
  const chosen = Math.min(active, offered.length - 1);

  const complete = (person: { id: string; name: string }) => {
    if (!open) return;
    const before = text.slice(0, open.start) + writeMention(person);
    setText(before + text.slice(caret));
    setCaret(before.length);
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
    field.current?.focus();
  };
  const save = () => {
    const content = text.trim();
    if (!content || isBusy) return;
    onSave(content);
    if (props.initial === undefined) setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const person = offered[chosen];
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (person && (event.key === 'Enter' || event.key === 'Tab')) complete(person);
    else if (person && event.key === 'ArrowDown') setActive((chosen + 1) % offered.length);
    else if (person && event.key === 'ArrowUp') setActive((chosen + offered.length - 1) % offered.length);
    else if (event.key === 'Escape' && isOpen) setDismissed(open.start);
    else if (event.key === 'Escape') onCancel ? onCancel() : field.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative">
      <textarea
        ref={field}
        aria-label={label}
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(offered[chosen] ? { 'aria-activedescendant': `${listId}-${chosen}` } : {})}
        rows={2}
        maxLength={maxChars}
        placeholder="Write a comment; @ names a member, Markdown works"
        className="field-sizing-content block max-h-64 min-h-14 w-full resize-none rounded-md border border-line bg-surface px-2 py-1.5 text-sm text-ink placeholder:text-ink-faint focus-visible:border-accent focus-visible:outline-1"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setActive(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {offered.length > 0 ? (
        <div
          id={listId}
          role="listbox"
          aria-label="Members"
          className="absolute left-0 z-20 max-h-48 w-64 max-w-full overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-float"
        >
          {offered.map((person, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the active option
            <div
              key={person.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={cn(
                'cursor-pointer truncate rounded px-2 py-1 text-sm',
                index === chosen && 'bg-active',
              )}
              onMouseDown={(event) => {
                event.preventDefault();
                complete(person);
              }}
            >
              {person.name}
            </div>
          ))}
        </div>
      ) : null}
      <div className="mt-1.5 flex items-center gap-2">
        <Button look="solid" disabled={isBusy || !text.trim()} onClick={save}>
          {isBusy ? 'Saving…' : action}
        </Button>
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
        <span className="text-2xs text-ink-faint">Ctrl Enter</span>
      </div>
    </div>
  );
}
