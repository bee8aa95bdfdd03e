import type { Person } from '../access/index';
import type { Auth } from './auth';

/** The person whose session the request carries, or null. Throws when the database is away. */
export async function findPerson(auth: Auth, headers: Headers): Promise<Person | null> {
  if (!headers.has('cookie')) return null;
  const found = await auth.api.getSession({ headers });
  if (!found) return null;
  const { id, email, name } = found.user;
  return { kind: 'person', userId: id, email, name };
}
