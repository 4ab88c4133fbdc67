// Reads the fuses out of a finished program, as Electron itself does when it starts: what the configuration asked for is
// believed only when it is there.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fuses } from './fuses.mjs';

/** Words in the program before its fuses. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const supportedVersion = 1;

/** Fuses by their place on the wire, by the names of the configuration. */
export const wireOrder = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];

/** Each state is a character: `0` off, `1` on, anything else is not for us to set. */
function readWire(program) {
  const at = program.indexOf(sentinel);
  if (at === -1) return null;
  const [version, length] = program.subarray(at + sentinel.length);
  const states = program.subarray(at + sentinel.length + 2, at + sentinel.length + 2 + length);
  return version === supportedVersion ? states.toString('latin1') : null;
}

/**
 * What is not as `fuses.mjs` decided, in words; nothing when all is well.
 *
 * @param {Buffer} program
 * @returns {readonly string[]}
 */
export function findFuseFaults(program) {
  const wire = readWire(program);
  if (wire === null) return ['the program has no fuses that can be read'];
  const wrong = fuses.flatMap(({ name, isOn }) => {
    const state = wire[wireOrder.indexOf(name)];
    return state === (isOn ? '1' : '0') ? [] : [`the fuse ${name} is not ${isOn ? 'on' : 'off'}`];
  });
  // A later Electron has more of them, and what nobody decided stays as it came.
  const undecided = wire.length > wireOrder.length ? [`${wire.length - wireOrder.length} fuses are not decided`] : [];
  return [...wrong, ...undecided];
}

/** The file with the fuses in what was built for a target. */
export function readProgram(output, { platform }) {
  const wanted = { linux: 'sotto', mac: 'Electron Framework', win: 'Sotto.exe' }[platform];
  const found = readdirSync(output, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isFile() && basename(entry.name) === wanted,
  );
  if (found === undefined) throw new Error(`There is no ${wanted} in ${output}.`);
  return readFileSync(join(found.parentPath, found.name));
}
