import { parseArgs, type ParseArgsConfig } from 'node:util';
import { closestWord } from '../shared/closest-word.ts';
import { CommandValues, type Command, type CommandOption } from './command.ts';

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, CommandOption>> = {
  json: { type: 'boolean', words: 'option.json' },
  'data-dir': { type: 'string', placeholder: 'DIR', words: 'option.dataDir' },
  'passphrase-file': { type: 'string', placeholder: 'FILE', words: 'option.passphraseFile' },
  help: { type: 'boolean', words: 'option.help' },
  version: { type: 'boolean', words: 'option.version' },
};

/** Why a command line cannot be run; `suggestion` is what was probably meant. */
export type UsageProblem =
  | { readonly kind: 'unknown-command'; readonly word: string; readonly suggestion: string | null }
  | { readonly kind: 'unknown-option'; readonly word: string; readonly suggestion: string | null }
  | { readonly kind: 'missing-value'; readonly word: string }
  | { readonly kind: 'unwanted-value'; readonly word: string }
  | { readonly kind: 'repeated-option'; readonly word: string }
  | { readonly kind: 'missing-argument' }
  | { readonly kind: 'extra-argument'; readonly word: string };

export type CommandLine =
  | {
      readonly status: 'run';
      readonly command: Command;
      readonly options: CommandValues;
      readonly positionals: readonly string[];
    }
  /** `command` is null for the help of the whole. */
  | { readonly status: 'help'; readonly command: Command | null }
  | { readonly status: 'version' }
  | { readonly status: 'wrong'; readonly command: Command | null; readonly problem: UsageProblem };

/** True when the line asks for JSON, even when the rest of it is wrong. */
export function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).includes('--json');
}

/** Reads a command line (without the program). Never throws: what is wrong with it is a value. */
export function parseCommandLine(args: readonly string[], commands: readonly Command[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    options: parserOptions(commands),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const given = tokens.filter((token) => token.kind === 'option');
  const names = new Set(given.map(({ name }) => name));
  const isHelp = names.has('help') || names.has('h') || words[0] === 'help';
  const typed = words[0] === 'help' ? words.slice(1) : words;
  const command = findCommand(typed, commands);
  if (names.has('version') && command === null) return { status: 'version' };
  if (isHelp && (command !== null || typed.length === 0)) return { status: 'help', command };
  if (command === null) {
    return typed.length === 0 && given.length === 0
      ? { status: 'help', command: null }
      : { status: 'wrong', command: null, problem: commandProblem(typed, given[0]?.rawName, commands) };
  }
  const allowed = { ...commonOptions, ...command.options };
  const problem = optionProblem(given, allowed) ?? countProblem(typed.slice(wordsOf(command)), command);
  if (problem !== null) return { status: 'wrong', command, problem };
  return { status: 'run', command, options: valuesOf(given, allowed), positionals: typed.slice(wordsOf(command)) };
}

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
};

/** All options of all commands: enough to tell which of them take the next word as their value. */
function parserOptions(commands: readonly Command[]): NonNullable<ParseArgsConfig['options']> {
  const all = Object.assign({}, commonOptions, ...commands.map(({ options }) => options)) as typeof commonOptions; // of records of one type
  return Object.fromEntries(Object.entries(all).map(([name, { type }]) => [name, { type, multiple: true }]));
}

const wordsOf = ({ name }: Command): number => name.split(' ').length;

function findCommand(typed: readonly string[], commands: readonly Command[]): Command | null {
  return commands.find(({ name }) => typed.slice(0, name.split(' ').length).join(' ') === name) ?? null;
}

function commandProblem(
  typed: readonly string[],
  option: string | undefined,
  commands: readonly Command[],
): UsageProblem {
  const [first = option ?? '', second] = typed;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length === 0) {
    const names = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))];
    return { kind: 'unknown-command', word: first, suggestion: closestWord(first, names) };
  }
  const word = second === undefined ? first : `${first} ${second}`;
  const closest =
    second === undefined
      ? null
      : closestWord(
          second,
          group.map(({ name }) => name.slice(first.length + 1)),
        );
  return {
    kind: 'unknown-command',
    word,
    suggestion: closest === null ? (group[0]?.name ?? null) : `${first} ${closest}`,
  };
}

function optionProblem(
  given: readonly OptionToken[],
  allowed: Readonly<Record<string, CommandOption>>,
): UsageProblem | null {
  const seen = new Set<string>();
  for (const { name, rawName, value, inlineValue } of given) {
    const option = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    if (option === undefined) {
      const closest = closestWord(name, Object.keys(allowed));
      return { kind: 'unknown-option', word: rawName, suggestion: closest === null ? null : `--${closest}` };
    }
    if (option.type === 'boolean' && value !== undefined) return { kind: 'unwanted-value', word: rawName };
    // `--doc --json` forgot the value; a value that does begin so is given as `--doc=--json`.
    const isMissing = value === undefined || (value.startsWith('--') && inlineValue !== true);
    if (option.type === 'string' && isMissing) return { kind: 'missing-value', word: rawName };
    if (seen.has(name) && option.type === 'string' && option.multiple !== true)
      return { kind: 'repeated-option', word: rawName };
    seen.add(name);
  }
  const missing = Object.keys(allowed).find((name) => allowed[name]?.isRequired === true && !seen.has(name));
  return missing === undefined ? null : { kind: 'missing-value', word: `--${missing}` };
}

function countProblem(positionals: readonly string[], { positionals: [least, most] }: Command): UsageProblem | null {
  if (positionals.length < least) return { kind: 'missing-argument' };
  const extra = positionals[most];
  return extra === undefined ? null : { kind: 'extra-argument', word: extra };
}

function valuesOf(given: readonly OptionToken[], allowed: Readonly<Record<string, CommandOption>>): CommandValues {
  const values: Record<string, unknown> = {};
  for (const { name, value } of given) {
    if (allowed[name]?.multiple === true) {
      const before = values[name];
      values[name] = [...(Array.isArray(before) ? before : []), value];
    } else values[name] = value ?? true;
  }
  return new CommandValues(values);
}
