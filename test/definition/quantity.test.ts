import * as fc from 'fast-check';
import { faultless, faultsOf } from './faults';
import { checkQuantity, parseQuantity, QuantityKind, toGoMemory } from '../../lib/definition/quantity';

const { BYTES, COUNT, CPU } = QuantityKind;

describe('parsing', () => {
  test.each([
    ['0', 0], ['2', 2], ['0.5', 0.5], ['.5', 0.5], ['2.', 2], ['+3', 3], ['-1', -1],
    ['100m', 0.1], ['1500u', 0.0015], ['5n', 5e-9],
    ['1k', 1e3], ['1M', 1e6], ['1G', 1e9], ['1T', 1e12], ['1P', 1e15], ['1E', 1e18],
    ['1Ki', 1024], ['256Mi', 268435456], ['1.5Gi', 1610612736], ['1Ti', 2 ** 40], ['1Pi', 2 ** 50], ['1Ei', 2 ** 60],
    ['1e3', 1000], ['1E3', 1000], ['12e-1', 1.2],
  ])('%s', (text, amount) => {
    expect(parseQuantity(text)).toBeCloseTo(amount, 12);
  });

  test.each(['', ' ', '1 Gi', 'Gi', '1gi', '1MB', '1K', '1,5', '0x10', '1e', '1e3Mi', 'NaN', 'Infinity', '--1', '1Gi ', '１'])("'%s' is none", text => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), text => {
      const amount = parseQuantity(text);
      expect(amount === undefined || Number.isFinite(amount) || text.length > 300).toBe(true);
    }));
  });
});

describe('checking', () => {
  test.each([
    ['250m', CPU, 0.25], ['0.001', CPU, 0.001], ['0', CPU, 0], ['0.1', CPU, 0.1], ['1500000u', CPU, 1.5],
    ['0', BYTES, 0], ['1', BYTES, 1], ['1Gi', BYTES, 2 ** 30], ['0.5Gi', BYTES, 2 ** 29],
    ['500m', COUNT, 0.5], ['10', COUNT, 10],
  ])('%s', (text, kind, amount) => {
    expect(faultless(report => checkQuantity(text, kind, 'memory', report))).toBeCloseTo(amount, 9);
  });

  test.each([
    ['a lot', BYTES, "invalid-quantity [memory] 'a lot' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."],
    ['256MB', BYTES, "invalid-quantity [memory] '256MB' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."],
    ['-1Gi', BYTES, "invalid-quantity [memory] '-1Gi' is not a quantity. Write a number with a Kubernetes suffix, for example '256Mi' or '1Gi'."],
    ['two', CPU, "invalid-quantity [memory] 'two' is not a quantity. Write a number with a Kubernetes suffix, for example '250m' or '2'."],
    ['256m', BYTES, "invalid-quantity [memory] '256m' is less than one byte: the suffix 'm' means thousandths. Write '256Mi' if mebibytes are meant."],
    ['128000m', BYTES, "invalid-quantity [memory] '128000m' is 128 bytes: the suffix 'm' means thousandths. Write '128000Mi' if mebibytes are meant."],
    ['5u', BYTES, "invalid-quantity [memory] '5u' is less than one byte: the suffix 'u' means millionths. Write '5Mi' if mebibytes are meant."],
    ['0.5', BYTES, "invalid-quantity [memory] '0.5' is less than one byte. Write for example '256Mi' or '1Gi'."],
    ['0.5m', CPU, "invalid-quantity [memory] '0.5m' is finer than a thousandth of a core, which Kubernetes refuses. Write whole thousandths, at least '1m'."],
    ['1.2345', CPU, "invalid-quantity [memory] '1.2345' is finer than a thousandth of a core, which Kubernetes refuses. Write whole thousandths, at least '1m'."],
  ])('%s', (text, kind, expected) => {
    expect(faultsOf(report => checkQuantity(text, kind, 'memory', report))).toEqual([expected]);
  });
});

test.each([
  [2 ** 30, '1024MiB'],
  [0.9 * 2 ** 28, '230MiB'],
  [2 ** 20 - 1, '0MiB'],
])('%d bytes are %s for Go', (bytes, text) => {
  expect(toGoMemory(bytes)).toBe(text);
});
