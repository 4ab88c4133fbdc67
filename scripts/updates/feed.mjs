// What a release says of itself, and the signature by which installed copies believe it.
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';

const kinds = { exe: 'nsis', dmg: 'dmg', AppImage: 'appimage', deb: 'deb', rpm: 'rpm' };
/** As the five package formats write the two architectures. */
const architectures = { x64: 'x64', x86_64: 'x64', amd64: 'x64', arm64: 'arm64', aarch64: 'arm64' };

/** Kind and architecture of a package by its name; throws for a name that does not tell. */
export function describePackage(path) {
  const name = basename(path);
  const kind = kinds[name.split('.').at(-1)];
  const [, architecture] = /[-_.](x64|x86_64|amd64|arm64|aarch64)\.[A-Za-z]+$/.exec(name) ?? [];
  if (kind === undefined || architecture === undefined) {
    throw new Error(
      `${name} does not say what it is: it has to end in an architecture and exe, dmg, AppImage, deb or rpm.`,
    );
  }
  return { kind, architecture: architectures[architecture], name };
}

/** The entry of one package in a feed. */
export async function readPackage(path) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { ...describePackage(path), sizeBytes: statSync(path).size, sha512: hash.digest('hex') };
}

/** A feed as it is put on the web: mark and signature in the first line, then the exact bytes that are signed. */
export function signFeed(feed, privateKeyPem, passphrase) {
  const key = createPrivateKey({ key: privateKeyPem, ...(passphrase && { passphrase }) });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The key is no Ed25519 key.');
  const bytes = Buffer.from(JSON.stringify(feed));
  return Buffer.concat([Buffer.from(`sotto-updates-1 ${sign(null, bytes, key).toString('base64')}\n`), bytes]);
}

/** A new key: the private half as PEM, locked with the passphrase, and the public half as it stands in the app. */
export function makeKey(passphrase) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const privateKeyPem = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase });
  return { privateKeyPem, publicKey: publicKeyOf(publicKey) };
}

const publicKeyOf = (key) => key.export({ format: 'der', type: 'spki' }).toString('base64');
