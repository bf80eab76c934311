// Turns Python expressions and targets into the common syntax; knows nothing of what names mean.
import type { SyntaxNode } from '@lezer/common';
import { type Arg, type Clause, DATA, type Expr, MAX_DEPTH, type Target } from '../syntax.ts';
import { parameters } from './convert.ts';
import { splitLiteral, unescapePython } from './literal.ts';
import { children, isExpression, nameOf, opaque, PUNCTUATION, type Source } from './node.ts';

export function yielded(parts: readonly SyntaxNode[], source: Source): Expr {
  const rest = parts.filter((part) => part.name !== 'yield' && part.name !== 'from' && !PUNCTUATION.has(part.name));
  const each = parts.some((part) => part.name === 'from');
  return { t: 'yield', value: rest.length > 0 ? sequence(rest, source) : DATA, each };
}

/** One expression, or a tuple when there are commas. */
export function sequence(parts: readonly SyntaxNode[], source: Source): Expr {
  const items = listItems(parts, source);
  const [only] = items;
  if (only && items.length === 1 && only.t !== 'spread' && !parts.some((part) => part.name === ',')) return only;
  return { t: 'list', items };
}

function listItems(parts: readonly SyntaxNode[], source: Source): Expr[] {
  const items: Expr[] = [];
  let spread = false;
  for (const part of parts) {
    if (part.name === '*') spread = true;
    else if (isExpression(part)) {
      const value = expression(part, source);
      items.push(spread ? { t: 'spread', of: value } : value);
      spread = false;
    }
  }
  return items;
}

/** Stands for the bounds of a slice that is assigned to. */
const SLICE: Expr = { t: 'text', text: ':' };

export const targets = (parts: readonly SyntaxNode[], source: Source): Target =>
  parts.length === 1 && parts[0] ? target(parts[0], source) : { t: 'listTarget', items: targetItems(parts, source) };

function targetItems(parts: readonly SyntaxNode[], source: Source): Target[] {
  const items: Target[] = [];
  let rest = false;
  for (const part of parts) {
    if (part.name === '*') rest = true;
    else if (isExpression(part)) {
      const inner = target(part, source);
      items.push(rest ? { t: 'restTarget', target: inner } : inner);
      rest = false;
    }
  }
  return items;
}

export function target(node: SyntaxNode, source: Source): Target {
  switch (node.name) {
    case 'VariableName':
      return { t: 'name', name: nameOf(node, source) };
    case 'MemberExpression': {
      const expr = expression(node, source);
      if (expr.t === 'get' || expr.t === 'at') return expr;
      return expr.t === 'slice' ? { t: 'at', of: expr.of, key: SLICE } : opaque('a target that is not read');
    }
    case 'ParenthesizedExpression':
    case 'TupleExpression':
    case 'ArrayExpression': {
      const inner = children(node).filter((part) => isExpression(part) || part.name === '*');
      if (node.name === 'ParenthesizedExpression' && inner[0]) return target(inner[0], source);
      return { t: 'listTarget', items: targetItems(inner, source) };
    }
    default:
      return opaque(`a Python target of kind ${node.name}`);
  }
}

export function expression(node: SyntaxNode, source: Source): Expr {
  if (source.depth > MAX_DEPTH) return opaque('Python code that is nested too deeply');
  source.depth++;
  const expr = convertExpression(node, source);
  source.depth--;
  return expr;
}

function convertExpression(node: SyntaxNode, source: Source): Expr {
  const parts = children(node);
  const inner = (): Expr[] => parts.filter(isExpression).map((part) => expression(part, source));
  switch (node.name) {
    case 'VariableName':
      return { t: 'name', name: nameOf(node, source) };
    case 'String':
      return stringLiteral(node, source);
    case 'FormatString':
      return formatString(node, source);
    case 'ContinuedString':
      return { t: 'format', parts: inner() };
    case 'Number':
      return { t: 'text', text: source.text.slice(node.from, node.to), number: true };
    case 'Boolean':
      return { t: 'text', text: source.text.slice(node.from, node.to) };
    case 'None':
    case 'Ellipsis':
      return DATA;
    case 'ParenthesizedExpression':
      return sequence(parts.filter(isExpression), source);
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression':
      return { t: 'list', items: listItems(parts, source) };
    case 'DictionaryExpression':
      return dictionary(parts, source);
    case 'MemberExpression':
      return member(parts, source);
    case 'CallExpression': {
      const [fn, list] = parts;
      if (!fn || !list) return opaque('a call that is not read');
      return { t: 'call', fn: expression(fn, source), args: argumentsOf(list, source) };
    }
    case 'BinaryExpression':
      return binary(parts, source);
    case 'UnaryExpression':
      return {
        t: parts[0]?.name === 'not' ? 'check' : 'measure',
        parts: parts.slice(1).map((part) => expression(part, source)),
      };
    case 'ConditionalExpression': {
      const [yes, , test, , no] = parts;
      if (!yes || !test || !no) return opaque('a condition that is not read');
      return { t: 'choice', test: expression(test, source), parts: [expression(yes, source), expression(no, source)] };
    }
    case 'LambdaExpression': {
      const list = parts.find((part) => part.name === 'ParamList');
      const body = parts.at(-1);
      if (!body) return opaque('a lambda that is not read');
      return {
        t: 'function',
        fn: {
          name: 'lambda',
          params: list ? parameters(list, source) : [],
          body: [{ t: 'return', value: expression(body, source) }],
          later: false,
          generator: false,
          arrow: true,
        },
      };
    }
    case 'NamedExpression': {
      const [name, , value] = parts;
      if (!name || !value) return opaque('an assignment that is not read');
      return { t: 'assign', target: target(name, source), value: expression(value, source) };
    }
    case 'AwaitExpression':
      return parts[1] ? expression(parts[1], source) : DATA;
    case 'YieldExpression':
      return yielded(parts, source);
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
    case 'ComprehensionExpression':
      return comprehension(parts, source);
    default:
      return opaque(`Python ${node.name}`);
  }
}

function stringLiteral(node: SyntaxNode, source: Source): Expr {
  const written = source.text.slice(node.from, node.to);
  const split = splitLiteral(written);
  if (!split) return opaque('a text that is not read');
  const text = unescapePython(written.slice(split.open, -split.quote.length), split.prefix.includes('r'));
  return text === undefined ? DATA : { t: 'text', text };
}

function formatString(node: SyntaxNode, source: Source): Expr {
  const split = splitLiteral(source.text.slice(node.from, node.to));
  if (!split) return opaque('a text that is not read');
  const raw = split.prefix.includes('r');
  const parts: Expr[] = [];
  let at = node.from + split.open;
  const textUntil = (end: number): void => {
    const written = source.text.slice(at, end).replaceAll('{{', '{').replaceAll('}}', '}');
    const text = unescapePython(written, raw);
    if (written !== '') parts.push(text === undefined ? DATA : { t: 'text', text });
  };
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'FormatReplacement') continue;
    textUntil(child.from);
    parts.push(replacement(child, source));
    at = child.to;
  }
  textUntil(node.to - split.quote.length);
  return { t: 'format', parts };
}

/** `{value!r:spec}`: with a conversion or a specification the text is not the value's own. */
function replacement(node: SyntaxNode, source: Source): Expr {
  const parts = children(node).filter(isExpression);
  const changed = parts.filter((part) => ['FormatConversion', 'FormatSpec', 'FormatSelfDoc'].includes(part.name));
  const value = sequence(
    parts.filter((part) => !changed.includes(part)),
    source,
  );
  const nested = changed.flatMap((part) =>
    part.getChildren('FormatReplacement').map((each) => replacement(each, source)),
  );
  return changed.length > 0 ? { t: 'measure', parts: [value, ...nested] } : value;
}

function dictionary(parts: readonly SyntaxNode[], source: Source): Expr {
  const entries: { key?: Expr; value: Expr }[] = [];
  const rest = parts.filter((part) => !['{', '}', ',', ':'].includes(part.name));
  for (let index = 0; index < rest.length; index += 2) {
    const [key, value] = [rest[index], rest[index + 1]];
    if (!key || !value) return opaque('a dictionary that is not read');
    if (key.name === '**') entries.push({ value: expression(value, source) });
    else entries.push({ key: expression(key, source), value: expression(value, source) });
  }
  return { t: 'dict', entries };
}

function member(parts: readonly SyntaxNode[], source: Source): Expr {
  const [of, operator, ...rest] = parts;
  if (!of || !operator) return opaque('a member that is not read');
  const base = expression(of, source);
  if (operator.name === '.') {
    const name = rest[0];
    return name ? { t: 'get', of: base, name: nameOf(name, source) } : opaque('a member that is not read');
  }
  const keys = rest.filter((part) => part.name !== ']');
  if (keys.some((part) => part.name === ':'))
    return { t: 'slice', of: base, bounds: keys.filter(isExpression).map((part) => expression(part, source)) };
  return { t: 'at', of: base, key: sequence(keys, source) };
}

export function argumentsOf(list: SyntaxNode, source: Source): Arg[] {
  const parts = children(list);
  if (parts.some((part) => part.name === 'for')) return [{ value: comprehension(parts, source) }];
  const args: Arg[] = [];
  let spread: Arg['spread'];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as SyntaxNode;
    if (part.name === '*' || part.name === '**') spread = part.name === '*' ? 'list' : 'dict';
    else if (part.name !== '(' && part.name !== ')' && part.name !== ',') {
      const value = parts[index + 1]?.name === 'AssignOp' ? parts[index + 2] : undefined;
      if (value && part.name === 'VariableName') {
        args.push({ name: nameOf(part, source), value: expression(value, source) });
        index += 2;
      } else args.push({ value: expression(part, source), ...(spread ? { spread } : {}) });
      spread = undefined;
    }
  }
  return args;
}

/** Chains of the same depth on the left are as deep as they are long. */
function binary(parts: readonly SyntaxNode[], source: Source): Expr {
  const [left, operator, ...rest] = parts;
  const right = rest.at(-1);
  if (!left || !operator || !right) return opaque('an operation that is not read');
  const sides = [expression(left, source), expression(right, source)] as const;
  if (operator.name === 'and' || operator.name === 'or') return { t: 'choice', parts: sides };
  if (operator.name === 'ArithOp' || operator.name === 'BitOp')
    return { t: 'operator', operator: source.text.slice(operator.from, operator.to), left: sides[0], right: sides[1] };
  return { t: 'check', parts: sides };
}

function comprehension(parts: readonly SyntaxNode[], source: Source): Expr {
  const first = parts.findIndex((part) => part.name === 'for' || part.name === 'async');
  const head = parts.slice(0, first).filter(isExpression);
  const clauses: (Clause & { tests: Expr[] })[] = [];
  for (let index = first; index < parts.length; ) {
    const part = parts[index] as SyntaxNode;
    const end = parts.findIndex((each, at) => at > index && ['for', 'if', 'async', ')', ']', '}'].includes(each.name));
    const stop = end < 0 ? parts.length : end;
    if (part.name === 'for') {
      const middle = parts.findIndex((each, at) => at > index && each.name === 'in');
      clauses.push({
        target: targets(parts.slice(index + 1, middle), source),
        of: sequence(parts.slice(middle + 1, stop), source),
        tests: [],
      });
    } else if (part.name === 'if') clauses.at(-1)?.tests.push(sequence(parts.slice(index + 1, stop), source));
    index = Math.max(stop, index + 1);
  }
  const [key, value] = head;
  if (!key) return opaque('a comprehension that is not read');
  return value
    ? { t: 'comprehension', clauses, key: expression(key, source), value: expression(value, source) }
    : { t: 'comprehension', clauses, value: expression(key, source) };
}
