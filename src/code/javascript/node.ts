// Owns the small steps over a JavaScript syntax tree that all of its conversion shares.
import type { SyntaxNode } from '@lezer/common';

export interface Source {
  readonly text: string;
  depth: number;
}

export const opaque = (because: string): { t: 'opaque'; because: string } => ({ t: 'opaque', because });

const TRIVIA = new Set(['LineComment', 'BlockComment', 'Hashbang', 'TypeAnnotation', 'TypeArgList', 'TypeParamList']);
const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '.', '?.']);

export function children(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (!TRIVIA.has(child.name)) list.push(child);
  return list;
}

export const isPart = (node: SyntaxNode): boolean => !PUNCTUATION.has(node.name);
export const parts = (node: SyntaxNode): SyntaxNode[] => children(node).filter(isPart);
export const written = (node: SyntaxNode, source: Source): string => source.text.slice(node.from, node.to);
