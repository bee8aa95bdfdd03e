'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '@tracewell/ui';
import { useRouter } from 'next/navigation';
import { signOut } from '../../api-client/account';
import { ClientError, messageOf } from '../../api-client/client-error';

/** Ends the session and forgets what was read. When that fails the reader stays, and is told. */
export function useSignOut(): () => void {
  const router = useRouter();
  const client = useQueryClient();
  const leave = () => {
    client.clear();
    router.replace('/sign-in');
  };
  const { mutate } = useMutation({
    mutationFn: signOut,
    onSuccess: leave,
    onError: (error) => {
      if (error instanceof ClientError && error.status === 401) leave();
      else toast.error(`You are still signed in: ${messageOf(error)}`);
    },
  });
  return () => mutate();
}
