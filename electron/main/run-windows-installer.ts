import type { Logger } from '../platform/logger.ts';
import type { CheckedPackage } from '../platform/update-installer.ts';

/**
 * Has the installer start when the app has ended, chats closed and all, and the app start again after it. Of electron-updater
 * only what runs an installer is used, over the file that is here: it is given no address, and nothing of it asks a network.
 */
export async function runWindowsInstaller(checked: CheckedPackage, logger: Logger): Promise<void> {
  // Loaded here alone: no other system, and no other moment, has use for it.
  const { NsisUpdater } = await import('electron-updater');
  const { DownloadedUpdateHelper } = await import('electron-updater/out/DownloadedUpdateHelper.js');
  const { path, version } = checked;
  const sha512 = Buffer.from(checked.sha512, 'hex').toString('base64');
  const info = { url: path, sha512 };
  const file = { url: new URL('file:///'), info };
  const release = { version, files: [info], path, sha512, releaseDate: '' };
  const downloaded = new DownloadedUpdateHelper('');
  await downloaded.setDownloadedFile(path, null, release, file, path, false);

  class LocalUpdater extends NsisUpdater {
    constructor() {
      super(null);
      this.autoDownload = false;
      this.autoInstallOnAppQuit = false;
      this.disableWebInstaller = true;
      this.downloadedUpdateHelper = downloaded;
      this.logger = null;
      this.on('error', ({ message }) => logger.error('installer-not-started', { message }));
    }

    /** Quietly, and the app runs again afterwards; not after an end that went wrong. */
    installAtEnd(): void {
      this.app.onQuit((exitCode) => {
        if (exitCode === 0) this.install(true, true);
      });
    }
  }
  new LocalUpdater().installAtEnd();
}
