import type { Report } from '../diagnostics/report';

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

const FACTORS: { readonly [suffix: string]: number } = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Suffixes that make sense for cores, not for bytes. */
const FRACTIONS: { readonly [suffix: string]: string | undefined } = { m: 'thousandths', u: 'millionths', n: 'billionths' };

const MEBIBYTE = 2 ** 20;
const MILLICORES = 1000;
/** What decimal fractions lose in binary is far below this, what a user means far above. */
const TOLERANCE = 1e-6;

/** What a quantity measures, which decides what values make sense. */
export enum QuantityKind { CPU, BYTES, COUNT }

/** The amount in base units (cores, bytes, items), or nothing for a text that is no quantity. */
export function parseQuantity(text: string): number | undefined {
  const match = QUANTITY.exec(text);
  if (!match) {
    return undefined;
  }
  const suffix = match[2] ?? '';
  return /^[eE][+-]?\d+$/.test(suffix) ? Number(match[1] + suffix) : Number(match[1]) * (FACTORS[suffix] ?? 1);
}

/** Parses a quantity of a property and reports one that Kubernetes refuses or that cannot be meant. */
export function checkQuantity(text: string, kind: QuantityKind, property: string, report: Report): number | undefined {
  const amount = parseQuantity(text);
  if (amount === undefined || amount < 0) {
    report({
      code: 'invalid-quantity',
      property,
      message: `'${text}' is not a quantity.`,
      remedy: `Write a number with a Kubernetes suffix, for example ${kind === QuantityKind.CPU ? "'250m' or '2'" : "'256Mi' or '1Gi'"}.`,
    });
    return undefined;
  }
  const fraction = FRACTIONS[text.slice(-1)];
  if (kind === QuantityKind.BYTES && amount > 0 && (amount < 1 || fraction !== undefined)) {
    report({
      code: 'invalid-quantity',
      property,
      message: `'${text}' is ${amount < 1 ? 'less than one byte' : `${amount} bytes`}${fraction ? `: the suffix '${text.slice(-1)}' means ${fraction}` : ''}.`,
      remedy: fraction ? `Write '${text.slice(0, -1)}Mi' if mebibytes are meant.` : "Write for example '256Mi' or '1Gi'.",
    });
    return undefined;
  }
  if (kind === QuantityKind.CPU && !isWhole(amount * MILLICORES)) {
    report({
      code: 'invalid-quantity',
      property,
      message: `'${text}' is finer than a thousandth of a core, which Kubernetes refuses.`,
      remedy: "Write whole thousandths, at least '1m'.",
    });
    return undefined;
  }
  return amount;
}

/** Whole mebibytes in the spelling of the Go runtime (`MiB`, never `Mi`), rounded down. */
export function toGoMemory(bytes: number): string {
  return `${Math.floor(bytes / MEBIBYTE)}MiB`;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < TOLERANCE;
}
