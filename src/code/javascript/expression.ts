// Turns JavaScript expressions and targets into the common syntax; knows nothing of what names mean.
import type { SyntaxNode } from '@lezer/common';
import { type Arg, DATA, type Expr, MAX_DEPTH, type Target } from '../syntax.ts';
import { ACCESSOR, classBody, functionOf } from './convert.ts';
import { unescapeJavaScript } from './literal.ts';
import { children, isPart, opaque, parts, type Source, written } from './node.ts';

export const literalText = (node: SyntaxNode, source: Source): string =>
  unescapeJavaScript(source.text.slice(node.from + 1, node.to - 1));

export function expression(node: SyntaxNode, source: Source): Expr {
  if (source.depth > MAX_DEPTH) return opaque('JavaScript code that is nested too deeply');
  source.depth++;
  const converted = convertExpression(node, source);
  source.depth--;
  return converted;
}

/** An identifier that is written with escapes would have another text than its name. */
const nameOf = (node: SyntaxNode, source: Source): string => {
  const name = written(node, source);
  return name.includes('\\') ? unescapeJavaScript(name) : name;
};

function convertExpression(node: SyntaxNode, source: Source): Expr {
  const inner = parts(node);
  const [first] = inner;
  const all = (): Expr[] => inner.map((part) => expression(part, source));
  switch (node.name) {
    case 'VariableName':
    case 'this':
    case 'super':
      return { t: 'name', name: nameOf(node, source) };
    case 'String':
      return { t: 'text', text: literalText(node, source) };
    case 'TemplateString':
      return { t: 'format', parts: templateParts(node, source) };
    case 'Number':
      return { t: 'text', text: written(node, source).replace(/_|n$/g, ''), number: true };
    case 'BooleanLiteral':
      return { t: 'text', text: written(node, source) };
    case 'null':
    case 'RegExp':
    case 'NewTarget':
      return DATA;
    case 'ImportMeta':
      return { t: 'name', name: 'import.meta' };
    case 'ParenthesizedExpression':
      return first ? expression(first, source) : DATA;
    case 'SequenceExpression':
      return { t: 'sequence', parts: all() };
    case 'ArrayExpression':
      return { t: 'list', items: spreadable(inner, source) };
    case 'ObjectExpression':
      return { t: 'dict', entries: inner.map((part) => property(part, source)) };
    case 'MemberExpression':
      return member(children(node), source);
    case 'CallExpression':
    case 'NewExpression': {
      const callee = inner.find((part) => part.name !== 'new');
      const list = inner.find((part) => part.name === 'ArgList');
      if (!callee) return opaque('a call that is not read');
      const args = list ? argumentsOf(list, source) : [];
      return {
        t: 'call',
        fn: expression(callee, source),
        args,
        ...(node.name === 'NewExpression' ? { created: true } : {}),
      };
    }
    case 'TaggedTemplateExpression': {
      const template = inner.at(-1);
      if (!first || !template) return opaque('a template that is not read');
      const pieces = templateParts(template, source);
      const values = pieces.filter((part) => part.t !== 'text');
      const raw: Expr = { t: 'list', items: pieces.filter((part) => part.t === 'text') };
      return { t: 'call', fn: expression(first, source), args: [raw, ...values].map((value): Arg => ({ value })) };
    }
    case 'FunctionExpression':
    case 'ArrowFunction':
      return { t: 'function', fn: functionOf(node, source) };
    case 'ClassExpression':
      return { t: 'class', definition: classBody(node, source) };
    case 'AwaitExpression':
      return inner[1] ? expression(inner[1], source) : DATA;
    case 'YieldExpression': {
      const value = inner.find((part) => part.name !== 'yield' && part.name !== 'Star');
      const each = inner.some((part) => part.name === 'Star');
      return { t: 'yield', value: value ? expression(value, source) : DATA, each };
    }
    case 'UnaryExpression':
      return unary(inner, source);
    case 'PostfixExpression': {
      const [operand, operator] = inner;
      if (!operand || !operator) return opaque('an operation that is not read');
      if (written(operator, source) === '!') return expression(operand, source);
      return step(operand, node, source);
    }
    case 'BinaryExpression':
      return binary(inner, source);
    case 'ConditionalExpression': {
      const [test, , yes, , no] = children(node);
      if (!test || !yes || !no) return opaque('a condition that is not read');
      return { t: 'choice', test: expression(test, source), parts: [expression(yes, source), expression(no, source)] };
    }
    case 'AssignmentExpression':
      return assignment(inner, source);
    case 'DynamicImport': {
      const module = inner.find((part) => part.name !== 'import');
      return module ? { t: 'import', module: expression(module, source) } : opaque('an import that is not read');
    }
    case 'PrefixCast': {
      const value = inner.at(-1);
      return value ? expression(value, source) : DATA;
    }
    default:
      return opaque(`JavaScript ${node.name}`);
  }
}

function templateParts(node: SyntaxNode, source: Source): Expr[] {
  const result: Expr[] = [];
  let at = node.from + 1;
  const textUntil = (end: number): void => {
    if (end > at) result.push({ t: 'text', text: unescapeJavaScript(source.text.slice(at, end)) });
  };
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Interpolation') continue;
    textUntil(child.from);
    const value = parts(child).find((part) => !/^Interpolation/.test(part.name));
    result.push(value ? expression(value, source) : DATA);
    at = child.to;
  }
  textUntil(node.to - 1);
  return result;
}

function spreadable(nodes: readonly SyntaxNode[], source: Source): Expr[] {
  const items: Expr[] = [];
  let spread = false;
  for (const node of nodes) {
    if (node.name === 'Spread') {
      spread = true;
      continue;
    }
    const value = expression(node, source);
    items.push(spread ? { t: 'spread', of: value } : value);
    spread = false;
  }
  return items;
}

const argumentsOf = (list: SyntaxNode, source: Source): Arg[] =>
  spreadable(parts(list), source).map((value) =>
    value.t === 'spread' ? { value: value.of, spread: 'list' } : { value },
  );

function property(node: SyntaxNode, source: Source): { key?: Expr; value: Expr } {
  const inner = children(node);
  const [first] = inner;
  if (!first) return { value: opaque('a property that is not read') };
  if (first.name === 'Spread') return { value: inner[1] ? expression(inner[1], source) : DATA };
  if (inner.some((part) => part.name === 'ParamList')) {
    const value: Expr = { t: 'function', fn: functionOf(node, source) };
    const name = inner.find((part) => part.name === 'PropertyDefinition');
    const key: Expr = name ? { t: 'text', text: nameOf(name, source) } : opaque('a method whose name is computed');
    // A getter or setter runs whenever the property is used.
    if (first.name === 'get' || first.name === 'set')
      return { key, value: { t: 'call', fn: { t: 'name', name: ACCESSOR }, args: [{ value }] } };
    return { key, value };
  }
  const at = inner.findIndex((part) => part.name === ':');
  if (at < 0) {
    const name = nameOf(first, source);
    return { key: { t: 'text', text: name }, value: { t: 'name', name } };
  }
  const value = inner[at + 1];
  const key: Expr = first.name === '[' ? computed(inner[1], source) : propertyKey(first, source);
  return { key, value: value ? expression(value, source) : DATA };
}

const computed = (node: SyntaxNode | undefined, source: Source): Expr => (node ? expression(node, source) : DATA);

const propertyKey = (node: SyntaxNode, source: Source): Expr =>
  node.name === 'String' || node.name === 'Number'
    ? expression(node, source)
    : { t: 'text', text: nameOf(node, source) };

function member(inner: readonly SyntaxNode[], source: Source): Expr {
  const of = inner[0];
  const last = inner.filter(isPart).at(-1);
  if (!of || !last || of === last) return opaque('a member that is not read');
  const base = expression(of, source);
  if (inner.some((part) => part.name === '[')) return { t: 'at', of: base, key: expression(last, source) };
  return { t: 'get', of: base, name: nameOf(last, source) };
}

function unary(inner: readonly SyntaxNode[], source: Source): Expr {
  const [operator, operand] = inner;
  if (!operator || !operand) return opaque('an operation that is not read');
  const sign = written(operator, source);
  if (sign === '++' || sign === '--') return step(operand, operator, source);
  return { t: /^(!|typeof|void)$/.test(sign) ? 'check' : 'measure', parts: [expression(operand, source)] };
}

/** `x++` and `--x`. In sloppy code `<!--` and `-->` start comments, which the grammar does not know. */
function step(operand: SyntaxNode, where: SyntaxNode, source: Source): Expr {
  if (source.text.slice(where.from - 2, where.from) === '<!' || source.text[where.to] === '>')
    return opaque('an HTML comment');
  return {
    t: 'assign',
    target: target(operand, source, 'nearest'),
    value: { t: 'measure', parts: [expression(operand, source)] },
  };
}

function binary(inner: readonly SyntaxNode[], source: Source): Expr {
  const [left, operator, right] = inner;
  if (!left || !operator) return opaque('an operation that is not read');
  const sign = written(operator, source);
  if (sign === 'as' || sign === 'satisfies') return expression(left, source);
  if (!right) return opaque('an operation that is not read');
  const sides = [expression(left, source), expression(right, source)] as const;
  if (operator.name === 'LogicOp' || sign === '??') return { t: 'choice', parts: sides };
  if (sign === '+') return { t: 'operator', operator: '+', left: sides[0], right: sides[1] };
  return { t: /^([=!]==?|[<>]=?|in|instanceof)$/.test(sign) ? 'check' : 'measure', parts: sides };
}

function assignment(inner: readonly SyntaxNode[], source: Source): Expr {
  const [left, operator, right] = inner;
  if (!left || !operator || !right) return opaque('an assignment that is not read');
  const value = expression(right, source);
  const sign = written(operator, source);
  const bound = target(left, source, 'nearest');
  if (sign === '=') return { t: 'assign', target: bound, value };
  const before = expression(left, source);
  if (sign === '+=')
    return { t: 'assign', target: bound, value: { t: 'operator', operator: '+', left: before, right: value } };
  if (/^(\|\||&&|\?\?)=$/.test(sign))
    return { t: 'assign', target: bound, value: { t: 'choice', parts: [before, value] } };
  return { t: 'assign', target: bound, value: { t: 'measure', parts: [before, value] } };
}

type NameScope = 'block' | 'nearest';

export function target(node: SyntaxNode, source: Source, scope?: NameScope): Target {
  const inner = children(node);
  switch (node.name) {
    case 'VariableDefinition':
    case 'VariableName':
      return { t: 'name', name: nameOf(node, source), ...(scope ? { scope } : {}) };
    case 'MemberExpression': {
      const expr = expression(node, source);
      return expr.t === 'get' || expr.t === 'at' ? expr : opaque('a target that is not read');
    }
    case 'ParenthesizedExpression': {
      const only = parts(node)[0];
      return only ? target(only, source, scope) : opaque('a target that is not read');
    }
    case 'ArrayPattern':
    case 'ArrayExpression':
      return { t: 'listTarget', items: patternItems(inner, source, scope) };
    case 'ObjectPattern':
      return objectPattern(inner, source, scope);
    case 'PostfixExpression':
    case 'BinaryExpression':
      return inner[0] ? target(inner[0], source, scope) : opaque('a target that is not read');
    default:
      return opaque(`a JavaScript target of kind ${node.name}`);
  }
}

function patternItems(inner: readonly SyntaxNode[], source: Source, scope?: NameScope): (Target | undefined)[] {
  const items: (Target | undefined)[] = [];
  let current: Target | undefined;
  let rest = false;
  inner.forEach((part, index) => {
    if (part.name === 'Spread') rest = true;
    else if (part.name === ',' || (part.name === ']' && current)) {
      items.push(current);
      current = undefined;
      rest = false;
    } else if (part.name === 'Equals') {
      const value = inner[index + 1];
      if (current && value) current = { t: 'defaultTarget', target: current, value: expression(value, source) };
    } else if (isPart(part) && inner[index - 1]?.name !== 'Equals') {
      const bound = target(part, source, scope);
      current = rest ? { t: 'restTarget', target: bound } : bound;
    }
  });
  return items;
}

function objectPattern(inner: readonly SyntaxNode[], source: Source, scope?: NameScope): Target {
  const entries: { key: Expr; target: Target }[] = [];
  let rest: Target | undefined;
  for (const each of inner.filter((part) => part.name === 'PatternProperty')) {
    const pieces = children(each);
    const [first] = pieces;
    if (!first) continue;
    if (first.name === 'Spread') {
      const bound = pieces[1];
      if (bound) rest = target(bound, source, scope);
      continue;
    }
    const colon = pieces.findIndex((part) => part.name === ':');
    const equals = pieces.findIndex((part) => part.name === 'Equals');
    const key = first.name === '[' ? computed(pieces[1], source) : propertyKey(first, source);
    const bound = colon < 0 ? first : pieces[colon + 1];
    const value = equals < 0 ? undefined : pieces[equals + 1];
    const plain = bound ? target(bound, source, scope) : opaque('a target that is not read');
    entries.push({
      key,
      target: value ? { t: 'defaultTarget', target: plain, value: expression(value, source) } : plain,
    });
  }
  return { t: 'dictTarget', entries, ...(rest ? { rest } : {}) };
}
