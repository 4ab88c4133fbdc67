/**
 * Switches of Chromium and Electron with which whoever starts the app could read its windows, run code in it, send its
 * requests elsewhere or take a wall away. Those that Node reads (`--inspect`, `NODE_OPTIONS`) are closed by the fuses.
 */
export const weakeningSwitches: readonly string[] = [
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'allow-sandbox-debugging',
  'app-path',
  'auth-server-whitelist',
  'auto-open-devtools-for-tabs',
  'disable-features',
  'disable-gpu-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-setuid-sandbox',
  'disable-site-isolation-trials',
  'disable-web-security',
  'enable-blink-features',
  'enable-experimental-web-platform-features',
  'enable-features',
  'enable-logging',
  'enable-net-benchmarks',
  'gpu-launcher',
  'host-resolver-rules',
  'host-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'in-process-gpu',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-wait',
  'js-flags',
  'load-extension',
  'log-net-log',
  'net-log-capture-mode',
  'no-sandbox',
  'no-zygote',
  'ppapi-plugin-launcher',
  'proxy-auto-detect',
  'proxy-bypass-list',
  'proxy-pac-url',
  'proxy-server',
  'remote-allow-origins',
  'remote-debugging-address',
  'remote-debugging-io-pipes',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'renderer-cmd-prefix',
  'single-process',
  'ssl-key-log-file',
  'unsafely-treat-insecure-origin-as-secure',
  'use-fake-device-for-media-stream',
  'use-fake-ui-for-media-stream',
  'user-data-dir',
  'utility-cmd-prefix',
];

/**
 * The first switch that a release does not start with, or null. `args` are the process's arguments without the program.
 * Chromium takes one or two dashes, on Windows a slash too, any case there, and stops at `--`.
 */
export function findWeakeningSwitch(args: readonly string[], operatingSystem: NodeJS.Platform): string | null {
  const known = new Set(weakeningSwitches);
  const form = operatingSystem === 'win32' ? /^(?:--?|\/)([^=]+)/ : /^--?([^=]+)/;
  for (const argument of args) {
    if (argument === '--') return null;
    const name = form.exec(argument.trim())?.[1]?.toLowerCase();
    if (name !== undefined && known.has(name)) return name;
  }
  return null;
}
