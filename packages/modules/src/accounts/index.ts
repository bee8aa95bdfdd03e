export { type Auth, type AuthOptions, clientAddressHeader, createAuth } from './auth';
export { ensureUser, type UserSetUp } from './ensure-user';
export { findPerson } from './find-person';
export { SignInGuard } from './sign-in-guard';
export { createSignInLink } from './sign-in-link';
