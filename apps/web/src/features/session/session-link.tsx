'use client';
import Link from 'next/link';
import { useShell } from '../shell/shell-context';
import { sessionUrl } from './session-url';

/** The id of a session that leads to its page. */
export function SessionLink({ sessionId }: { sessionId: string }) {
  const { projectId } = useShell();
  return (
    <Link
      href={sessionUrl(projectId, sessionId)}
      prefetch={false}
      title={`The whole session ${sessionId}`}
      className="truncate underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      {sessionId}
    </Link>
  );
}
