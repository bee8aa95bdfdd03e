'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Label } from '@tracewell/ui';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { signIn } from '../../api-client/account';
import { ClientError, messageOf } from '../../api-client/client-error';
import { Logo } from '../shell/logo';
import { safeNext } from './sign-in-path';

export function SignInForm() {
  const router = useRouter();
  const client = useQueryClient();
  const query = useSearchParams();
  const next = safeNext(query.get('next'));
  const notice = query.get('error') === 'link-used' ? linkUsed : '';
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const attempt = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: () => {
      client.clear();
      router.replace(next);
    },
  });
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-88">
        <div className="mb-6 flex items-center gap-2.5">
          <Logo className="size-7" />
          <h1 className="text-lg font-semibold tracking-tight">Sign in to Tracewell</h1>
        </div>
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            attempt.mutate();
          }}
        >
          <div className="space-y-1">
            <Label htmlFor="email">Email</Label>
            <Input
              id="email"
              type="email"
              name="email"
              autoComplete="username"
              required
              autoFocus
              className="h-9"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </div>
          <div className="space-y-1">
            <Label htmlFor="password">Password</Label>
            <Input
              id="password"
              type="password"
              name="password"
              autoComplete="current-password"
              required
              className="h-9"
              value={password}
              aria-invalid={attempt.isError}
              aria-describedby="sign-in-error"
              onChange={(event) => setPassword(event.target.value)}
            />
          </div>
          <Button look="solid" size="md" type="submit" className="h-9 w-full" disabled={attempt.isPending}>
            {attempt.isPending ? 'Signing in…' : 'Sign in'}
          </Button>
          <p id="sign-in-error" role="alert" className="min-h-5 text-sm text-danger">
            {attempt.isError ? explain(attempt.error) : notice}
          </p>
        </form>
        <div className="mt-3 border-t border-line pt-4 text-sm text-ink-muted">
          <p className="font-medium text-ink">First time here, or no password?</p>
          <p className="mt-1">
            Tracewell prints a one-time sign-in link in the terminal it was started from, right below its
            address. Open that link to sign in.
          </p>
        </div>
      </div>
    </main>
  );
}

const linkUsed =
  'This sign-in link was used already. Sign in with your password, or restart Tracewell: it prints a new link.';

function explain(error: unknown): string {
  if (error instanceof ClientError && error.status === 401) {
    return 'Email and password do not belong together. Check both and try again.';
  }
  return messageOf(error);
}
