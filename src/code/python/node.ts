// Owns the small steps over a Python syntax tree that all of its conversion shares.
import type { SyntaxNode } from '@lezer/common';

export interface Source {
  readonly text: string;
  depth: number;
}

export const opaque = (because: string): { t: 'opaque'; because: string } => ({ t: 'opaque', because });

export function children(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') list.push(child);
  return list;
}

export const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '.']);
export const isExpression = (node: SyntaxNode): boolean => !PUNCTUATION.has(node.name);
export const nameOf = (node: SyntaxNode, source: Source): string =>
  source.text.slice(node.from, node.to).normalize('NFKC');
