import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from '../command.ts';
import { wholeNumber } from '../wrong-value-error.ts';

/** `sotto host`: the browser's door, as a program of its own. */
export const hostCommand: Command = {
  name: 'host',
  usage: '[--port N] [--no-open]',
  words: 'command.host',
  options: {
    port: { type: 'string', placeholder: 'N', words: 'option.port' },
    'no-open': { type: 'boolean', words: 'option.noOpen' },
  },
  positionals: [0, 0],
  examples: ['sotto host', 'sotto host --port 8123 --no-open'],
  run: async ({ options, files, folders, terminal, signal }) => {
    const port = wholeNumber('--port', options.text('port'), { least: 0, most: 65_535, otherwise: 0 });
    const switches = [...(options.has('no-open') ? ['--no-open'] : []), ...(terminal.isJson ? ['--json'] : [])];
    const child = spawn(process.execPath, [files.hostPath, '--port', String(port), ...switches], {
      stdio: 'inherit',
      env: { ...process.env, ...(folders.dataFolder === undefined ? {} : { SOTTO_DATA_DIR: folders.dataFolder }) },
    });
    // Ctrl+C reaches both, which the host understands; a signal that only this process gets is handed on.
    const stop = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    const [code] = await once(child, 'exit');
    return { json: null, exitCode: typeof code === 'number' ? code : 1 };
  },
};
