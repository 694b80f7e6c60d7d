import * as fc from 'fast-check';
import { align } from '../../lib/reports/alignment';

const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });

/** How much two sequences share, in the plainest way. */
function shared(before: readonly string[], after: readonly string[]): number {
  if (before.length === 0 || after.length === 0) {
    return 0;
  }
  return before[0] === after[0]
    ? 1 + shared(before.slice(1), after.slice(1))
    : Math.max(shared(before.slice(1), after), shared(before, after.slice(1)));
}

test('each place comes once and in order, and as much is paired as both share', () => {
  fc.assert(fc.property(texts, texts, (before, after) => {
    const pairs = align(before, after);
    expect(pairs.flatMap(pair => pair.before ?? [])).toEqual(before.map((_, index) => index));
    expect(pairs.flatMap(pair => pair.after ?? [])).toEqual(after.map((_, index) => index));
    const both = pairs.filter(pair => pair.before !== undefined && pair.after !== undefined);
    expect(both.every(pair => before[pair.before!] === after[pair.after!])).toBe(true);
    expect(both).toHaveLength(shared(before, after));
  }));
});

test('what is too long to search counts as replaced, but for its ends', () => {
  const before = ['first', ...Array.from({ length: 3000 }, (_, index) => `a${index}`), 'last'];
  const after = ['first', ...Array.from({ length: 3000 }, (_, index) => `a${index + 1}`), 'last'];
  const both = align(before, after).filter(pair => pair.before !== undefined && pair.after !== undefined);
  expect(both).toEqual([{ before: 0, after: 0 }, { before: 3001, after: 3001 }]);
});
