/** Closes a switch over a union: a member that nobody handles is a type error, and a thrown one if data lied. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
