'use client';
import { ErrorNotice } from '@tracewell/ui';

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="h-full">
      <ErrorNotice
        title="This page broke"
        message={`${error.message} Loading it again may help; if not, the message above is what to report.`}
        onRetry={reset}
      />
    </main>
  );
}
