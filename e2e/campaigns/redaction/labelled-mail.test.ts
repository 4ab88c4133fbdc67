import { describe, expect, it } from 'vitest';
import { labelMail, readMail } from './labelled-mail.ts';

const source = [
  'From: "Kragen Sitaker" <kragen@example.com>',
  'To: Lists <list-users@example.org>,',
  '\tTim Peters <tim.one@example.net>',
  'Subject: Re: none',
  'Content-Type: text/plain; charset=us-ascii',
  '',
  'Kragen Sitaker and Larry Virden wrote to tim.one@example.net.',
  'Thanks, Tim. (timer, Timothy, list)',
].join('\n');

describe('labelMail', () => {
  // Labels by the product's own rules would find it right in everything.
  it('knows from headers alone who is named in a body', () => {
    const mail = readMail(source);
    if (mail === null) throw new Error('The mail was not read.');
    expect(mail.people.map(({ name }) => name)).toEqual(['Kragen Sitaker', null, 'Tim Peters']);
    const labels = labelMail(mail, new Set(['Kragen Sitaker', 'Larry Virden', 'Somebody Else']));
    expect(labels.map(({ sort, start, end }) => `${sort}: ${mail.body.slice(start, end)}`)).toEqual([
      'address: tim.one@example.net',
      'full name: Kragen Sitaker',
      'full name: Larry Virden',
      'part of a name: Tim',
    ]);
  });

  it('reads no mail whose body is encoded or none of plain text', () => {
    expect(readMail('From: a@example.org\nContent-Type: text/html\n\n<p>')).toBeNull();
    expect(readMail('From: a@example.org\nContent-Transfer-Encoding: base64\n\nYQ==')).toBeNull();
    expect(readMail('no header')).toBeNull();
  });
});
