// Owns the arithmetic of an evaluation: shares with their uncertainty, and quantiles.

export interface Share {
  readonly hits: number;
  readonly of: number;
  /** Wilson score interval at 95 %; [0, 1] when there is nothing to count. */
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;

/** Wilson (1927): unlike the normal interval it stays inside 0..1 and is honest for shares near either end. */
export function share(hits: number, of: number): Share {
  if (of === 0) return { hits, of, low: 0, high: 1 };
  const p = hits / of;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return { hits, of, low: hits === 0 ? 0 : centre - half, high: hits === of ? 1 : centre + half };
}

/** Nearest-rank quantile; 0 for an empty list. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0;
}
