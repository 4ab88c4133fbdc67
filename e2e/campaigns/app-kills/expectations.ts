/** Values by name, such as `title:<id>`; null or absent is what is not there. */
export type Found = ReadonlyMap<string, string>;

type Register = { known: string | null; readonly asked: Set<string | null> };

/**
 * What has to be there after a kill: of each name the value that was acknowledged last, or one that was asked for and not
 * acknowledged; never a third.
 */
export class Expectations {
  readonly #registers = new Map<string, Register>();

  /** `value` is asked for. Call what it returns when the app has acknowledged it. */
  ask(name: string, value: string | null): () => void {
    const register = this.#registers.get(name) ?? { known: null, asked: new Set<string | null>() };
    this.#registers.set(name, register);
    register.asked.add(value);
    return () => {
      register.known = value;
      register.asked.delete(value);
    };
  }

  /** Whether anybody asked for this name, or it was found before. */
  has(name: string): boolean {
    return this.#registers.has(name);
  }

  /** The value that stands, for work that builds on it. */
  known(name: string): string | null {
    return this.#registers.get(name)?.known ?? null;
  }

  /** Names that begin with `kind` and have a value. */
  names(kind: string): readonly string[] {
    return [...this.#registers].flatMap(([name, { known }]) => (name.startsWith(kind) && known !== null ? [name] : []));
  }

  /**
   * What is wrong with `found` for the names that `isRead` says were looked for. From then on, what was found stands, names
   * that nobody asked for included: those are for the caller to judge.
   */
  settle(found: Found, isRead: (name: string) => boolean): readonly string[] {
    const problems: string[] = [];
    for (const [name, value] of found) {
      if (!this.#registers.has(name)) this.#registers.set(name, { known: value, asked: new Set() });
    }
    for (const [name, register] of this.#registers) {
      if (!isRead(name)) continue;
      const value = found.get(name) ?? null;
      if (value !== register.known && !register.asked.has(value)) {
        problems.push(`${name}: ${shorten(value)} instead of ${shorten(register.known)}`);
      }
      register.known = value;
      register.asked.clear();
    }
    return problems;
  }
}

function shorten(value: string | null): string {
  if (value === null) return 'nothing';
  return value.length > 60 ? `"${value.slice(0, 60)}…" (${value.length} characters)` : `"${value}"`;
}
