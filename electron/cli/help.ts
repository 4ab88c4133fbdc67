import type { Words } from '../shared/words.ts';
import type { Command, CommandOption } from './command.ts';
import { commonOptions } from './parse-command-line.ts';
import type { TerminalKey } from './terminal-key.ts';

/** The help of the whole program: what each command is for, and how to learn more. */
export function programHelp(t: Words, commands: readonly Command[]): string {
  const rows = commands.map(({ name, words }) => [name, text(t, words)] as const);
  return [
    t('terminal:help.tagline'),
    '',
    heading(t, 'help.usage'),
    '  sotto COMMAND [OPTION]…',
    '',
    heading(t, 'help.commands'),
    ...columns(rows),
    '',
    heading(t, 'help.commonOptions'),
    ...columns(optionRows(t, commonOptions)),
    '',
    heading(t, 'help.surroundings'),
    ...columns([
      ['SOTTO_DATA_DIR', t('terminal:help.dataDirVariable')],
      ['SOTTO_MODEL_DIR', t('terminal:help.modelDirVariable')],
      ['SOTTO_KEYCHAIN=none', t('terminal:help.keychainVariable')],
    ]),
    '',
    heading(t, 'help.examples'),
    '  sotto ask "What is the capital of France?"',
    '  sotto ask --doc contract.txt "How long is the notice period?"',
    '  sotto summarize minutes.md',
    '',
    t('terminal:help.exitCodes'),
    t('terminal:help.more'),
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(t: Words, command: Command): string {
  return [
    text(t, command.words),
    '',
    heading(t, 'help.usage'),
    `  sotto ${command.name} ${command.usage}`.trimEnd(),
    '',
    heading(t, 'help.options'),
    ...columns([...optionRows(t, command.options), ...optionRows(t, commonOptions)]),
    '',
    heading(t, 'help.examples'),
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n');
}

function optionRows(
  t: Words,
  options: Readonly<Record<string, CommandOption>>,
): readonly (readonly [string, string])[] {
  return Object.entries(options).map(([name, { placeholder, words }]) => [
    placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`,
    text(t, words),
  ]);
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
}

function heading(t: Words, key: TerminalKey): string {
  return `${text(t, key)}:`;
}

/** Looks up a key that is held in a table. */
export function text(t: Words, key: TerminalKey, values: Readonly<Record<string, string>> = {}): string {
  // i18next ties a key to its placeholders, which a table of keys cannot; TerminalKey holds each key to the catalogue.
  const translate = t as (key: string, values: Readonly<Record<string, string>>) => string;
  return translate(`terminal:${key}`, values);
}
