import { AppError } from '../../shared/app-error.ts';
import type { Command } from '../command.ts';
import type { TerminalKey } from '../terminal-key.ts';

/** A command that this version knows of and cannot do yet: it says so, whatever stands behind it. */
function laterCommand(name: string, usage: string, words: TerminalKey): Command {
  return {
    name,
    usage,
    words,
    options: {
      collection: { type: 'string', placeholder: 'NAME', words: 'option.collection' },
      mode: { type: 'string', placeholder: 'MODE', words: words },
      limit: { type: 'string', placeholder: 'N', words: 'option.limit' },
    },
    positionals: [0, 1_000],
    examples: [`sotto ${name} ${usage}`.trimEnd()],
    run: async () => {
      throw new AppError('app/later-capability', `${name} comes later`, { name: `sotto ${name}` });
    },
  };
}

/** The commands of later capabilities. */
export const laterCommands: readonly Command[] = [laterCommand('keys', 'set|status|remove PROVIDER', 'command.keys')];
