/** What a look is passing: which trace lies open, and what is compared. */
const passing = ['peek', 'observation', 'compare', 'view'];

/** The part of an address's query that a saved view keeps. */
export function searchOfView(search: string): string {
  const params = new URLSearchParams(search);
  for (const name of passing) params.delete(name);
  return params.toString();
}
