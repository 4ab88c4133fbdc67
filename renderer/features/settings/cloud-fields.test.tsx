import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { BudgetField } from './budget-field.tsx';
import { HiddenWords, readWords } from './hidden-words.tsx';
import { OwnPrices } from './own-prices.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

describe('readWords', () => {
  it('takes each line of a pasted list once, without what is there already', () => {
    const typed = ' Meyer AG \r\nHeron\n\nHeron\nknown';
    expect(readWords(typed, ['known'])).toEqual({ added: ['Meyer AG', 'Heron'], tooLong: [] });
  });
});

describe('HiddenWords', () => {
  it('leaves in the field what is too long, and says so', () => {
    // Catches a word that somebody believes to be hidden, and that was cut off or left out.
    const onChange = vi.fn();
    renderInWords(<HiddenWords words={['Heron']} onChange={onChange} />);
    const field = screen.getByLabelText('One word or name a line');
    const long = 'x'.repeat(201);
    fireEvent.change(field, { target: { value: `Meyer AG\n${long}` } });
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith(['Heron', 'Meyer AG']);
    expect(field).toHaveProperty('value', long);
    expect(screen.getByText(/One line is longer than 200 characters/)).toBeTruthy();
  });

  it('takes one away', () => {
    const onChange = vi.fn();
    renderInWords(<HiddenWords words={['Heron', 'Meyer AG']} onChange={onChange} />);
    fireEvent.click(screen.getByRole('button', { name: 'Remove “Heron”' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith(['Meyer AG']);
  });
});

describe('BudgetField', () => {
  it.each([
    ['2,50', 2_500_000],
    ['0', 0],
    ['$12', 12_000_000],
  ])('takes %s', (typed, amount) => {
    const onChange = vi.fn();
    renderInWords(<BudgetField value={5_000_000} onChange={onChange} />);
    fireEvent.change(screen.getByLabelText('US dollars a month'), { target: { value: typed } });
    fireEvent.click(screen.getByRole('button', { name: 'Set' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith(amount);
  });

  it.each(['-1', 'much', '1e9', '1.000.000', '999999999'])('refuses %s with a sentence', (typed) => {
    const onChange = vi.fn();
    renderInWords(<BudgetField value={5_000_000} onChange={onChange} />);
    fireEvent.change(screen.getByLabelText('US dollars a month'), { target: { value: typed } });
    fireEvent.click(screen.getByRole('button', { name: 'Set' }));
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByText(/Enter an amount such as 5 or 2\.50/)).toBeTruthy();
  });
});

describe('OwnPrices', () => {
  it('adds a price, and refuses what is none', () => {
    const onChange = vi.fn();
    renderInWords(<OwnPrices prices={{}} onChange={onChange} />);
    fireEvent.change(screen.getByLabelText('Name of the model'), { target: { value: 'large-1' } });
    fireEvent.change(screen.getByLabelText(/tokens that are sent/), { target: { value: '0,5' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByText(/Enter the name and two amounts/)).toBeTruthy();
    fireEvent.change(screen.getByLabelText(/tokens that are answered/), { target: { value: '2' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ 'large-1': { inputPrice: 0.5, outputPrice: 2 } });
  });
});
