import { toAppError } from '../app/app-client.ts';
import { chosenFolders, localPath } from '../app/door-options.ts';
import type { ProductFiles } from '../app/product-files.ts';
import { AppError, isAbortError } from '../shared/app-error.ts';
import type { Words } from '../shared/words.ts';
import type { Command } from './command.ts';
import { commandList } from './command-list.ts';
import { commandHelp, programHelp, text } from './help.ts';
import { parseCommandLine, type CommandLine, type UsageProblem } from './parse-command-line.ts';
import { openSession } from './session.ts';
import type { Terminal } from './terminal.ts';
import type { TerminalKey } from './terminal-key.ts';
import { WrongValueError } from './wrong-value-error.ts';

/** What the program was started with. */
export type Invocation = {
  /** Without the program itself. */
  readonly args: readonly string[];
  readonly terminal: Terminal;
  readonly files: ProductFiles;
  readonly signal: AbortSignal;
};

/** Done, failed, not understood: the three ways in which a command ends. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Runs one command line; resolves with the exit code. Never throws. */
export async function runCommandLine({ args, terminal, files, signal }: Invocation): Promise<number> {
  const line = parseCommandLine(args, commandList);
  const { t } = terminal;
  switch (line.status) {
    case 'version':
      terminal.print(files.version);
      terminal.finish({ version: files.version });
      return exitCodes.done;
    case 'help': {
      const help = line.command === null ? programHelp(t, commandList) : commandHelp(t, line.command);
      terminal.print(help);
      terminal.finish({ help });
      return exitCodes.done;
    }
    case 'wrong':
      return reportUsage(terminal, line.command, problemWords(t, line.problem));
    case 'run':
      return await run(line, { args, terminal, files, signal });
  }
}

async function run(line: Extract<CommandLine, { status: 'run' }>, invocation: Invocation): Promise<number> {
  const { command, options, positionals } = line;
  const { terminal, files, signal } = invocation;
  try {
    const folders = chosenFolders(process.env, process.cwd(), options.text('data-dir'));
    const passphraseFile = options.text('passphrase-file');
    const access = passphraseFile === undefined ? {} : { passphraseFile: localPath(passphraseFile, process.cwd()) };
    const result = await command.run({
      options,
      positionals,
      terminal,
      files,
      folders,
      signal,
      openSession: async (change = {}) => await openSession({ files, folders, terminal, ...access, ...change }),
    });
    if (result.json !== null) terminal.finish(result.json);
    return result.exitCode ?? exitCodes.done;
  } catch (error) {
    if (error instanceof WrongValueError) {
      const { word, value, choices } = error;
      return reportUsage(terminal, command, terminal.t('terminal:problem.wrongValue', { word, value, choices }));
    }
    if (isAbortError(error) && signal.aborted) {
      terminal.finish({ isStopped: true });
      return exitCodes.failed;
    }
    return reportFailure(terminal, toAppError(error, signal));
  }
}

function reportFailure(terminal: Terminal, error: AppError): number {
  const { t } = terminal;
  const { reason, value } = error.details;
  if (error.code === 'app/invalid-input' && (reason === 'network' || reason === 'not-a-path')) {
    terminal.failWith(error, t('terminal:problem.networkPath', { value }));
  } else if (error.code === 'app/invalid-input' && reason === 'empty') {
    terminal.failWith(error, t('terminal:problem.emptyPath'));
  } else if (error.details['kind'] === 'model') {
    terminal.failWith(error, unknownModelWords(t, error));
  } else terminal.fail(error);
  return exitCodes.failed;
}

function unknownModelWords(t: Words, { details: { name, closest } }: AppError): string {
  const sentence = t('terminal:models.unknownModel', { name });
  return typeof closest === 'string'
    ? `${sentence} ${t('terminal:problem.suggestion', { suggestion: closest })}`
    : sentence;
}

function reportUsage(terminal: Terminal, command: Command | null, problem: string): number {
  const { t } = terminal;
  const usage = command === null ? 'COMMAND [OPTION]…' : `${command.name} ${command.usage}`.trimEnd();
  const more = command === null ? '--help' : `${command.name} --help`;
  const sentence = [
    problem,
    t('terminal:problem.usage', { usage }),
    t('terminal:problem.more', { command: more }),
  ].join('\n');
  terminal.failWith(new AppError('app/usage', problem), sentence);
  return exitCodes.usage;
}

const problemKeys: Readonly<Record<UsageProblem['kind'], TerminalKey>> = {
  'unknown-command': 'problem.unknownCommand',
  'unknown-option': 'problem.unknownOption',
  'missing-value': 'problem.missingValue',
  'unwanted-value': 'problem.unwantedValue',
  'repeated-option': 'problem.repeatedOption',
  'missing-argument': 'problem.missingArgument',
  'extra-argument': 'problem.extraArgument',
};

function problemWords(t: Words, problem: UsageProblem): string {
  const sentence = text(t, problemKeys[problem.kind], 'word' in problem ? { word: problem.word } : {});
  const suggestion = 'suggestion' in problem ? problem.suggestion : null;
  return suggestion === null ? sentence : `${sentence} ${t('terminal:problem.suggestion', { suggestion })}`;
}
