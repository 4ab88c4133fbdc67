import type { ProductFiles } from '../app/product-files.ts';
import type { ChosenFolders } from '../app/door-options.ts';
import type { Session, SessionOptions } from './session.ts';
import type { Terminal } from './terminal.ts';
import type { TerminalKey } from './terminal-key.ts';

/** An option of a command, as `--help` shows it and the parser reads it. */
export type CommandOption = {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly multiple?: boolean;
  /** The command cannot do without it. */
  readonly isRequired?: boolean;
  /** What stands for its value in the help, such as `PATH`. */
  readonly placeholder?: string;
  /** Key of its one-line description. */
  readonly words: TerminalKey;
};

/** What a command may ask of its session. */
export type SessionChange = Pick<SessionOptions, 'model' | 'isAlone' | 'canAsk' | 'storageView'>;

/** What a command gets to work with. */
export type CommandInput = {
  readonly options: CommandValues;
  readonly positionals: readonly string[];
  readonly terminal: Terminal;
  readonly files: ProductFiles;
  readonly folders: ChosenFolders;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /** Opens the app, in this process or by joining the one that runs; to be held with `await using`. */
  openSession(change?: SessionChange): Promise<Session>;
};

/** A command of the terminal. */
export type Command = {
  /** As it is typed, such as `models list`. */
  readonly name: string;
  /** What follows the name in the help, such as `[--doc PATH]… QUESTION`. */
  readonly usage: string;
  /** Key of its one-line description. */
  readonly words: TerminalKey;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** How many words may stand beside the options; `[1, 1]` is exactly one. */
  readonly positionals: readonly [least: number, most: number];
  readonly examples: readonly string[];
  /** Writes text through the terminal as it comes; returns the JSON document, and the exit code where it is not 0. */
  run(input: CommandInput): Promise<CommandResult>;
};

/** `json` is null for a command whose program of its own has written it. */
export type CommandResult = { readonly json: object | null; readonly exitCode?: number };

/** The options as they were given. */
export class CommandValues {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  has(name: string): boolean {
    const value = this.#values[name];
    return value !== undefined && value !== false;
  }
}
