import { X509Certificate, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

/** A key and its certificate, as PEM. */
export type SelfSignedCertificate = { readonly key: string; readonly cert: string };

/** Tag, length and content (ITU-T X.690, section 8.1). */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text));

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(name)))));
/** Names that the certificate is for (RFC 5280, section 4.2.1.6). */
function alternativeNames(name: string): Buffer {
  const addresses = name === 'localhost' ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : [];
  return sequence(objectId('551d11'), der(0x04, sequence(der(0x82, Buffer.from(name)), ...addresses)));
}
/** It may sign others (RFC 5280, section 4.2.1.9). */
const isAuthority = sequence(
  objectId('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
);

/** What a certificate is to be like. */
export type CertificateOptions = {
  /** Default `localhost`, which stands for 127.0.0.1 too. */
  readonly name?: string;
  /** Last day, as `YYMMDD`; the first one is in 2020. Default: 1 January 2049. */
  readonly until?: string;
  /** Who vouches for it. Default: itself. */
  readonly issuer?: SelfSignedCertificate;
  /** Vouches for others. Default false. */
  readonly isAuthority?: boolean;
};

/** A new certificate, valid from 2020 on (RFC 5280, section 4.1). */
export function createCertificate(options: CertificateOptions = {}): SelfSignedCertificate {
  const { name = 'localhost', until = '490101', issuer, isAuthority: signsOthers = false } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = commonName(name);
  const issuerName = issuer && new X509Certificate(issuer.cert).subject.replace('CN=', '');
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([signsOthers ? 1 : 2])),
    ecdsaWithSha256,
    issuerName === undefined ? subject : commonName(issuerName),
    sequence(utcTime('200101000000Z'), utcTime(`${until}000000Z`)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(signsOthers ? isAuthority : alternativeNames(name))),
  );
  const signer = issuer === undefined ? privateKey : createPrivateKey(issuer.key);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, signer));
  const certificate = sequence(content, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** A new certificate for this machine that vouches for itself. */
export function createSelfSignedCertificate(): SelfSignedCertificate {
  return createCertificate();
}
