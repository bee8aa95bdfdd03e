'use client';
import { useEffect, useRef } from 'react';

/**
 * Keys of a screen: `j`, `?`, `escape`, `shift+n`, `mod+k`, and two-letter sequences such as `g t`. A key is left alone
 * while somebody types, while a dialog or a menu is open, or when an element nearer to the focus took it.
 * A handler that returns false did not take the key.
 */
export type Hotkeys = Record<string, (event: KeyboardEvent) => unknown>;

const sequenceMs = 900;

export function useHotkeys(hotkeys: Hotkeys, enabled = true): void {
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  useEffect(() => {
    if (!enabled) return;
    let prefix = '';
    let prefixAt = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const mod = event.ctrlKey || event.metaKey;
      const name = nameOf(event.key, mod);
      if (!mod && isBusy(event)) return;
      if (event.altKey) return;
      const sequence = prefix && event.timeStamp - prefixAt < sequenceMs ? `${prefix} ${name}` : '';
      const handler = (sequence ? latest.current[sequence] : undefined) ?? latest.current[name];
      prefix = '';
      if (handler) {
        if (handler(event) !== false) event.preventDefault();
      } else if (Object.keys(latest.current).some((key) => key.startsWith(`${name} `))) {
        prefix = name;
        prefixAt = event.timeStamp;
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

function nameOf(key: string, mod: boolean): string {
  const lower = key.toLowerCase();
  if (mod) return `mod+${lower}`;
  // Signs such as `?` carry their shift in them; letters do not.
  return key.length === 1 && key !== lower ? `shift+${lower}` : lower;
}

function isBusy(event: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]'))
    return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  }
  // Enter and space belong to the button or link that has the focus.
  const isControl = target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
  return isControl && (event.key === 'Enter' || event.key === ' ');
}
