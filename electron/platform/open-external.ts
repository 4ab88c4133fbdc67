import { spawn } from 'node:child_process';
import { AppError } from '../shared/app-error.ts';

/** A program and its arguments, to be started without a shell. */
export type Command = { readonly file: string; readonly arguments: readonly string[] };

const openableSchemes: readonly string[] = ['http:', 'https:', 'mailto:'];

/**
 * The program that opens an address in the user's browser or mail program. Throws AppError `app/invalid-input` for what is
 * neither a web nor a mail address: other schemes start programs.
 */
export function externalCommand(operatingSystem: NodeJS.Platform, url: string): Command {
  const address = URL.parse(url);
  if (!address || !openableSchemes.includes(address.protocol)) {
    throw new AppError('app/invalid-input', 'Only web and mail addresses are opened.');
  }
  switch (operatingSystem) {
    case 'darwin':
      return { file: 'open', arguments: [address.href] };
    case 'win32':
      // `start` exists only inside the shell, where an address could carry commands.
      return { file: 'rundll32', arguments: ['url.dll,FileProtocolHandler', address.href] };
    default:
      return { file: 'xdg-open', arguments: [address.href] };
  }
}

/** Starts a program that outlives this one. Throws AppError `app/unexpected` when there is no such program. */
export function startDetached(command: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command.file, command.arguments, { detached: true, stdio: 'ignore' });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (cause) =>
      reject(
        new AppError('app/unexpected', `${command.file} cannot be started.`, { program: command.file }, { cause }),
      ),
    );
  });
}
