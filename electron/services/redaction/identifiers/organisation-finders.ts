import { matches } from '../identifier.ts';
import type { IdentifierFinder } from '../identifier.ts';

/** Where a word begins, and not within one that has signs: each word is tried once. */
const wordStart = String.raw`(?<![\p{L}\p{N}])(?<![\p{L}\p{N}][.&'’-])`;
/** Words of a name of a firm, up to 40 characters each, so that a line without end is read once. */
const word = String.raw`\p{Lu}[\p{L}\p{N}.&'’-]{0,40}`;
const legalForm =
  '(?:GmbH(?:[ ]&[ ]Co\\.?[ ]KG)?|gGmbH|mbH|AG|KG|OHG|OG|UG|SE|e\\.?[ ]?V\\.|e\\.?U\\.|eG|Ltd\\.?|Limited|LLC|LLP|PLC|plc|Inc\\.?|Corp\\.?|Corporation|Company|Co\\.|S\\.?A\\.?R?\\.?L?\\.?|SAS|SNC|S\\.?p\\.?A\\.?|S\\.?r\\.?l\\.?|S\\.?L\\.?U?\\.?|B\\.?V\\.?|N\\.?V\\.?|Oy|AB|ApS|A/S|Sp\\.[ ]z[ ]o\\.?o\\.?|s\\.r\\.o\\.|Kft\\.?|d\\.o\\.o\\.|Stiftung|Foundation|Partners|Associates|Holding)';
const organisations = matches(
  'organisation',
  new RegExp(
    `${wordStart}(?:${word}[ \\u00a0](?:(?:&|und|and|et|of|für|de|e|y)[ \\u00a0])?){1,5}${legalForm}(?![\\p{L}\\p{N}])`,
    'gu',
  ),
);

const institutions = matches(
  'organisation',
  /(?<![\p{L}\p{N}])(?<![\p{L}\p{N}]['’.-])(?:(?:University|Universität|Université|Universidad|Università|Hospital|Hôpital|Ospedale|Klinikum|Krankenhaus|Clinic|Clínica|School|College|Lycée|Bank|Banque|Banca|Banco|Amtsgericht|Landesgericht|Landgericht|Bezirksgericht|Finanzamt|Tribunal|Juzgado|Institut|Institute|Museum|Kanzlei|Praxis|Cabinet|Studio legale)[ \u00a0](?:(?:of|de|für|der|des|di|del|St\.)[ \u00a0])?\p{Lu}[\p{L}-]{1,40}(?:[ \u00a0]\p{Lu}[\p{L}-]{1,40})?|(?:\p{Lu}[\p{L}'’.-]{1,40}[ \u00a0]){1,3}(?:University|Hospital|Clinic|School|College|Bank|Museum|Institute|Universität|Klinik|Klinikum|Krankenhaus)(?!\p{L}))/gu,
);

/** Where somebody lives or comes from, beside a word that says so; places by themselves tell nobody’s whereabouts. */
const places = matches(
  'place',
  /(?<!\p{L})(?:(?:lives|living|resides?|residing|resident|domiciled|born|grew up|based) (?:in|at)|wohnhaft in|wohnt in|lebt in|geboren in|gebürtig aus|ansässig in|domicilié(?:e)? à|demeurant à|habite (?:à|en)|née? à|residente (?:en|in|a)|domiciliad[oa] en|nacid[oa] en|vive (?:en|a)|nat[oa] a|domiciliat[oa] (?:a|in))[ \u00a0](?<found>\p{Lu}[\p{L}'’-]{1,40}(?:[ \u00a0](?:(?:am|an der|im|upon|sur|de|del|di)[ \u00a0])?\p{Lu}[\p{L}'’-]{1,40}){0,2})/gu,
);

/** Firms, institutions, and places where somebody is said to live. */
export const organisationFinders: readonly IdentifierFinder[] = [organisations, institutions, places];
