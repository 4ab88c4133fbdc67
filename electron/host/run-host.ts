import { parseArgs } from 'node:util';
import { alreadyRunning } from '../app/already-running.ts';
import { chosenFolders, nodeDoorOptions } from '../app/door-options.ts';
import { openApp } from '../app/open-app.ts';
import type { ProductFiles } from '../app/product-files.ts';
import type { Platform } from '../platform/platform.ts';
import { systemLanguage } from '../platform/system-language.ts';
import { AppError } from '../shared/app-error.ts';
import { createWords, errorWords, spokenLanguage } from '../shared/words.ts';
import { createHostServer, type HostServer } from './create-host-server.ts';
import { closeOnSignal } from './close-on-signal.ts';

/** How the host was started. */
export type HostInvocation = { readonly args: readonly string[]; readonly files: ProductFiles };

type HostSwitches = { readonly port: number; readonly opensBrowser: boolean; readonly isJson: boolean };

/**
 * Serves the app to a browser until it is told to end. `--port N` (0 to 65535, any free one by default), `--no-open` and
 * `--json` are its arguments. Resolves with the exit code: 0 ended as asked, 1 could not serve, 2 not understood.
 */
export async function runHost({ args, files }: HostInvocation): Promise<number> {
  const words = createWords(spokenLanguage('system', [systemLanguage(process.env)]));
  const switches = readSwitches(args);
  if (switches === null) {
    say(`${words.t('terminal:problem.usage', { usage: 'host [--port N] [--no-open]' })}`);
    return 2;
  }
  try {
    return await serve(files, switches, words.getFixedT(null, ['terminal'] as const));
  } catch (error) {
    const appError = AppError.from(error);
    const { port } = appError.details;
    const message = port === undefined ? errorWords(words, appError) : words.t('terminal:host.portTaken', { port });
    if (switches.isJson) process.stdout.write(`${JSON.stringify({ error: { code: appError.code, message } })}\n`);
    else say(message);
    return 1;
  }
}

/** The address is printed after so long at the latest. */
const settledWithinMs = 5_000;

type Translate = (key: 'terminal:host.noBrowser' | 'terminal:host.stop') => string;

async function serve(files: ProductFiles, switches: HostSwitches, t: Translate): Promise<number> {
  // From the first moment: whoever asks for the end while the app opens gets it in order too.
  const told = closeOnSignal();
  const options = nodeDoorOptions('browser', files, chosenFolders(process.env, process.cwd()));
  const { platform } = options;
  process.on('unhandledRejection', (reason) => {
    platform.logger.error('unhandled-rejection', {
      message: reason instanceof Error ? reason.message : String(reason),
    });
  });
  const opened = await openApp(options);
  if (opened.status === 'taken') {
    opened.port?.close();
    throw alreadyRunning(opened.pid, platform.folders.data);
  }
  const { app } = opened;
  let server: HostServer | null = null;
  try {
    // A page that comes at once then finds its chats; one that comes while a large database is checked is told so.
    await Promise.race([app.whenSettled(), platform.clock.delay(settledWithinMs)]);
    const context = app.context({ canNamePaths: false });
    server = await createHostServer({
      context,
      logger: platform.logger,
      pageFolder: files.pageFolder,
      port: switches.port,
    });
    announce(server.url, switches.isJson);
    if (switches.opensBrowser) await openBrowser(platform, server.url, t);
    say(t('terminal:host.stop'));
    await told;
    return 0;
  } finally {
    await server?.close();
    await app.close();
  }
}

/** In English whatever the language: programs wait for this line. */
function announce(url: string, isJson: boolean): void {
  process.stdout.write(isJson ? `${JSON.stringify({ url })}\n` : `Sotto is ready at ${url}\n`);
}

async function openBrowser(platform: Platform, url: string, t: Translate): Promise<void> {
  const hasScreen =
    platform.operatingSystem !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  try {
    if (hasScreen) return await platform.openExternal(url);
  } catch {
    // Said below: there is none.
  }
  say(t('terminal:host.noBrowser'));
}

function readSwitches(args: readonly string[]): HostSwitches | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean' }, json: { type: 'boolean' } },
    });
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) return null;
    return { port: Number(values.port), opensBrowser: values['no-open'] !== true, isJson: values.json === true };
  } catch {
    return null;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
