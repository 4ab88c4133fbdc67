import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { externalCommand, startDetached } from './open-external.ts';
import { eventually } from '../testing/eventually.ts';

describe('externalCommand', () => {
  it.each([
    ['linux', { file: 'xdg-open', arguments: ['https://example.org/a?b=c&d'] }],
    ['darwin', { file: 'open', arguments: ['https://example.org/a?b=c&d'] }],
    ['win32', { file: 'rundll32', arguments: ['url.dll,FileProtocolHandler', 'https://example.org/a?b=c&d'] }],
  ] as const)('is one program with the address as one argument on %s', (operatingSystem, command) => {
    expect(externalCommand(operatingSystem, 'https://example.org/a?b=c&d')).toEqual(command);
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'ms-msdt:/id', '-a Calculator', '', 'example.org'])(
    'throws app/invalid-input for %j',
    (url) => {
      expect(() => externalCommand('linux', url)).toThrow(expect.objectContaining({ code: 'app/invalid-input' }));
    },
  );
});

describe('startDetached', () => {
  // With a shell between, the quotes and the ampersand would be gone.
  it('hands the arguments on as they are', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sotto-open-'));
    const path = join(folder, 'argument');
    const program = 'require("fs").writeFileSync(process.argv[1], process.argv[2])';
    const argument = 'https://example.org/?a="b"&c=$(d)';
    await startDetached({ file: process.execPath, arguments: ['-e', program, path, argument] });
    await eventually(async () => expect(await readFile(path, 'utf8')).toBe(argument));
    await rm(folder, { recursive: true });
  });

  it('throws app/unexpected with the name of the program when it is missing', async () => {
    const command = { file: 'sotto-has-no-such-program', arguments: [] };
    await expect(startDetached(command)).rejects.toMatchObject({ details: { program: command.file } });
  });
});
