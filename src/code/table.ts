// Owns looking up a name in a table of rows, where names come from the code that is read (`toString`, `__proto__`).

/** The row of exactly this name. */
export const rowOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export const hasRow = (table: Readonly<Record<string, unknown>>, name: string): boolean => Object.hasOwn(table, name);
