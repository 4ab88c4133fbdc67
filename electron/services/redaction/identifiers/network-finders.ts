import { isIPv4, isIPv6 } from 'node:net';
import { matches } from '../identifier.ts';
import type { IdentifierFinder } from '../identifier.ts';

/** `9.3.3.2` is a section of a manual; addresses so small belong to a few services that everybody knows. */
const looksLikeSection = (piece: string): boolean => /^[1-9](?:\.(?:[1-9]|1\d)){3}$/.test(piece);

/** Four numbers up to 255; a version number before which `v` or `version` stands is none. */
const v4 = matches(
  'ip-address',
  /(?<![\p{L}\p{N}.])(?<!(?:version|release|section|chapter|clause|table|abschnitt|kapitel|ziffer|punkt|chapitre|art\.|§)\s{0,2})(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?(?![\p{L}\p{N}]|\.\d)/giu,
  (piece) =>
    isIPv4(piece.split('/')[0] ?? '') && !/^(?:127\.|0\.0\.0\.0|255\.255)/.test(piece) && !looksLikeSection(piece),
);

const v6 = matches(
  'ip-address',
  /(?<![\p{L}\p{N}:.])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?:%[a-z0-9]{1,15})?(?![\p{L}\p{N}:])/giu,
  (piece) => piece.replaceAll(/[^0-9a-f]/gi, '').length >= 3 && isIPv6(piece.split('%')[0] ?? ''),
);

/** Addresses of network cards, which name one machine for good. */
const hardware = matches(
  'ip-address',
  /(?<![\p{L}\p{N}:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\p{L}\p{N}:-])/giu,
);

/** Machines in a network. */
export const networkFinders: readonly IdentifierFinder[] = [v4, v6, hardware];
