/** Two places that hold the same, or one that has no counterpart. */
export interface Aligned {
  readonly before?: number;
  readonly after?: number;
}

/** Beyond it the longest common run is not searched for any more: what differs counts as replaced. */
const MAX_CELLS = 4_000_000;

/**
 * Aligns two sequences by a longest common subsequence. Between what they share, what has no counterpart comes in order: first what
 * is gone, then what is new.
 */
export function align(before: readonly string[], after: readonly string[]): Aligned[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before[before.length - 1 - end] === after[after.length - 1 - end]) {
    end++;
  }
  const middle = alignMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [
    ...Array.from({ length: start }, (_, index) => ({ before: index, after: index })),
    ...middle.map(pair => ({
      ...pair.before !== undefined && { before: pair.before + start },
      ...pair.after !== undefined && { after: pair.after + start },
    })),
    ...Array.from({ length: end }, (_, index) => ({ before: before.length - end + index, after: after.length - end + index })),
  ];
}

function alignMiddle(before: readonly string[], after: readonly string[]): Aligned[] {
  const lengths = before.length * after.length > MAX_CELLS ? undefined : commonLengths(before, after);
  const result: Aligned[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    if (lengths && left < before.length && right < after.length && before[left] === after[right]) {
      result.push({ before: left++, after: right++ });
    } else if (right === after.length || (left < before.length && (!lengths || lengths[left + 1][right] >= lengths[left][right + 1]))) {
      result.push({ before: left++ });
    } else {
      result.push({ after: right++ });
    }
  }
  return result;
}

/** How much the rests of both sequences share, from each place on. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = after.length - 1; right >= 0; right--) {
      lengths[left][right] = before[left] === after[right]
        ? lengths[left + 1][right + 1] + 1
        : Math.max(lengths[left + 1][right], lengths[left][right + 1]);
    }
  }
  return lengths;
}
