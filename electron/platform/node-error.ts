/** True for a system error of Node's with one of these codes, such as `ENOENT`. */
export function isNodeError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
