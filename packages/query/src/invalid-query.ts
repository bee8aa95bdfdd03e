/** The client asked for something that cannot be: the message says the thing, the rule and the fix (a 400). */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery';
}

/** The answer would be larger than a reader may hold; the message says how to ask for less (a 422). */
export class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge';
}
