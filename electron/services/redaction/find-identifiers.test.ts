import { describe, expect, it } from 'vitest';
import { longLinePieces } from '../../testing/long-line-pieces.ts';
import { findIdentifiers } from './find-identifiers.ts';

const find = (text: string, ownWords: readonly string[] = []): readonly string[] =>
  findIdentifiers(text, { ownWords, keptKinds: [] }).map(
    ({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`,
  );

describe('findIdentifiers', () => {
  it.each([
    ['Write to anna.schneider+work@example.co.uk today', ['email: anna.schneider+work@example.co.uk']],
    ['anna(at)example.org', ['email: anna(at)example.org']],
    ['Tel.: 0664/1234567, Fax 01 / 234 56 78', ['phone: 0664/1234567', 'phone: 01 / 234 56 78']],
    ['call +43 (0) 1 / 234 56-78 now', ['phone: +43 (0) 1 / 234 56-78']],
    ['IBAN DE89 3704 0044 0532 0130 00 BITTE', ['iban: DE89 3704 0044 0532 0130 00']],
    ['at611904300234573201', ['iban: at611904300234573201']],
    ['Visa 4111 1111 1111 1111, exp 12/28', ['card: 4111 1111 1111 1111']],
    ['Amex 378282246310005', ['card: 378282246310005']],
    ['Steuer-ID 86 095 742 719', ['national-number: 86 095 742 719']],
    ['SVNR 1237 010180', ['national-number: 1237 010180']],
    ['AHV 756.9217.0769.85', ['national-number: 756.9217.0769.85']],
    ['NIR 2 55 08 14 168 025 38', ['national-number: 2 55 08 14 168 025 38']],
    ['codice fiscale RSSMRA85T10A562S', ['national-number: RSSMRA85T10A562S']],
    ['DNI 12345678Z', ['national-number: 12345678Z']],
    ['HETU 131052-308T', ['national-number: 131052-308T']],
    ['SSN: 078-05-1120', ['national-number: 078-05-1120']],
    ['CPF 111.444.777-35', ['national-number: 111.444.777-35']],
    ['Reisepass Nr. C01X00T47', ['national-number: C01X00T47']],
    ['born on 3 May 1961 in Graz', ['birth-date: 3 May 1961']],
    ['geb. 03.05.1961', ['birth-date: 03.05.1961']],
    ['née le 3 mai 1961', ['birth-date: 3 mai 1961']],
    ['born on the 3rd of May 1961', ['birth-date: 3rd of May 1961']],
    // What files of courts, practices and insurers call somebody by.
    ['Aktenzeichen: 12 O 345/21, Az. 3 C 12/20', ['national-number: 12 O 345/21', 'national-number: 3 C 12/20']],
    ['MRN 0012345, Fallnummer 20231188', ['national-number: 0012345', 'national-number: 20231188']],
    [
      'Case No. 1:21-cv-01234; the policy number is PN-33811-22.',
      ['national-number: 1:21-cv-01234', 'national-number: PN-33811-22'],
    ],
    ['Kundennummer 123456, dossier n° 2021/0456', ['national-number: 123456', 'national-number: 2021/0456']],
    ['Kennzeichen B-AB 1234, license plate 7ABC123', ['national-number: B-AB 1234', 'national-number: 7ABC123']],
    ['lives at Lindenstraße 12a, 1010 Wien.', ['address: Lindenstraße 12a, 1010 Wien']],
    ['221B Baker Street, London NW1 6XE', ['address: 221B Baker Street, London NW1 6XE']],
    ['12, rue de la Paix, 75002 Paris', ['address: 12, rue de la Paix, 75002 Paris']],
    [
      'server 203.0.113.9 and 2001:db8::8a2e:370:7334',
      ['ip-address: 203.0.113.9', 'ip-address: 2001:db8::8a2e:370:7334'],
    ],
    ['see https://user:pw@example.org/x.', ['secret-link: https://user:pw@example.org/x']],
    ['get https://x.example.com/f?sig=abcd1234&y=1 soon', ['secret-link: https://x.example.com/f?sig=abcd1234&y=1']],
    ['password: hunter22!', ['secret: hunter22!']],
    ['Dear Ms Farah-Diallo, Farah-Diallo wrote.', ['person: Farah-Diallo', 'person: Farah-Diallo']],
    ['Herr Dr. Karl von Braun. Braun sagte:', ['person: Karl von Braun', 'person: Braun']],
    ['Best,\nVipul', ['person: Vipul']],
    ['-- \nTsering Lachley | Berlin', ['person: Tsering Lachley']],
    ['"Nguyet Rivard" <n@example.org> wrote:', ['person: Nguyet Rivard', 'email: n@example.org']],
    ['On Tue, 3 Sep 2002, Kragen Sitaker wrote:', ['person: Kragen Sitaker']],
    ['SCHNEIDER, Anna; MAIER, Karl', ['person: SCHNEIDER, Anna', 'person: MAIER, Karl']],
    [
      'J. R. Hettinga met Anna-Lena von der Heide in San Francisco.',
      ['person: J. R. Hettinga', 'person: Anna-Lena von der Heide'],
    ],
    ['{"surname": "Okonkwo", "id": 4}', ['person: Okonkwo']],
    ['Nom ........ Thandiwe Morova', ['person: Thandiwe Morova']],
    // Names of no list, in sentences that say nothing of people.
    ['Nobody but Tsering Vandez had the second key.', ['person: Tsering Vandez']],
    ['In the stairwell Oluwaseun von Zellinger left a bicycle.', ['person: Oluwaseun von Zellinger']],
    ['Niemand außer Nguyet Kalström hatte den zweiten Schlüssel.', ['person: Nguyet Kalström']],
    ['Personne sauf Ayodele Farneaux n’avait la clé.', ['person: Ayodele Farneaux']],
    ['Nadie salvo Xiuying Torini tenía la segunda llave.', ['person: Xiuying Torini']],
    ['wohnhaft in Klein Reifling', ['place: Klein Reifling']],
    ['Date of birth | 3 June 1986 |', ['birth-date: 3 June 1986']],
    ['the contract with Meyer & Söhne GmbH ends', ['organisation: Meyer & Söhne GmbH']],
  ])('finds in %j %j', (text, found) => {
    expect(find(text)).toEqual(found);
  });

  // What is replaced for nothing makes the large model's answer worse.
  it.each([
    'The meeting of 12 March 2026 took 3.5 hours and cost 1,200.50 euros.',
    'Version 2.14.3 has 1 048 576 rows in 16 384 columns; see ISO 13616 and § 12 Abs. 3.',
    'Section 4.1.2.3 of the manual, page 245, table 12-4.',
    'Die Frist beträgt 14 Tage ab dem 01.02.2026, also bis 15.02.2026 um 12:30 Uhr.',
    'It listens on 127.0.0.1 and ::1 only.',
    'Dear all, the password must be at least 12 characters long.',
    'The ratio was 0.05 at 10:45:30, 5000-6000 units, order 66.',
    'See https://example.org/search?q=notice+period&page=2 for more.',
    'const total = items.reduce((sum, { price }) => sum + price, 0);',
    'Sehr geehrte Damen und Herren, anbei der Entwurf.',
    'Mark the first page, bill the customer, and will it by May or June in Victoria.',
    'The Court of Appeal in New York and the European Union agreed on Monday.',
    'Der Vertrag der Gemeinde mit dem Verein endet im August; Paris und Florenz sind Städte.',
    'import anna from "./anna.ts"; const peter = mark(june);',
    'In case number two fails, the patient is 63 and the contract number of copies is 12.',
    'The goods remain with the Purchase Price until Effective Date, subject to Force Majeure and paid by Licensee Group.',
    'He was moved to Intensive Care with a high Blood Pressure, and takes two tablets a day.',
    'Es gelten unsere Allgemeinen Geschäftsbedingungen und außerdem Bürgerliches Recht, soweit nichts anderes bestimmt ist.',
    'Open it with Visual Studio 2022 or in Media Player, and keep your Shopping Basket.',
    'All Rights Reserved By Great Northern Pictures And Others',
    'See chapter A. Results and U.S. Government, e.g. version B. Draft.',
  ])('leaves %j as it is', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('takes words of one’s own list, whole and in any case', () => {
    expect(find('Project NIGHTJAR and nightjars; Night  Jar', ['Nightjar', 'night jar'])).toEqual([
      'own-word: NIGHTJAR',
      'own-word: Night  Jar',
    ]);
  });

  // A pattern that tries again and again from each place would stop the app at a long line: some took minutes for this.
  it('reads long lines of one piece in a moment, and tells places that are in them', { timeout: 60_000 }, () => {
    for (const piece of longLinePieces) {
      const text = piece.repeat(Math.floor(60_000 / piece.length));
      const found = findIdentifiers(text, { ownWords: ['Nightjar'], keptKinds: [] });
      expect(found.filter(({ start, end }) => start >= end || start < 0 || end > text.length)).toEqual([]);
    }
  });
});
