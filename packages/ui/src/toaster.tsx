'use client';
import { Toaster as Base } from 'sonner';

export { toast } from 'sonner';

export const Toaster = ({ theme }: { theme: 'light' | 'dark' | 'system' }) => (
  <Base
    theme={theme}
    position="bottom-right"
    toastOptions={{
      classNames: { toast: '!border-line !bg-surface !text-ink !shadow-float !font-sans !text-sm' },
    }}
  />
);
