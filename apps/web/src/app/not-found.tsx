import Link from 'next/link';

export default function NotFound() {
  return (
    <main className="grid h-dvh place-items-center p-6 text-center">
      <div className="space-y-2">
        <p className="text-base font-medium">No page has this address</p>
        <p className="text-ink-muted">The link may be cut off, or what it led to was deleted.</p>
        <Link href="/" className="text-accent underline underline-offset-2">
          Open your project
        </Link>
      </div>
    </main>
  );
}
