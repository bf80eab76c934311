// Turns a JavaScript or TypeScript syntax tree into the common syntax; knows nothing of what names mean.
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { parseStrictly } from '../parse.ts';
import { DATA, type Expr, type Fn, MAX_DEPTH, type Param, type Stmt } from '../syntax.ts';
import { expression, literalText, target } from './expression.ts';
import { children, isPart, opaque, parts, type Source, written } from './node.ts';

const GRAMMARS = [parser.configure({ strict: true }), parser.configure({ strict: true, dialect: 'ts' })];

/** Nodes that only exist for types. */
const TYPES = new Set(['InterfaceDeclaration', 'TypeAliasDeclaration', 'AmbientDeclaration']);

export function parseJavaScript(text: string): readonly Stmt[] {
  // Valid JavaScript can be something else as TypeScript (`a < b > (c)`), so plain JavaScript is tried first.
  for (const grammar of GRAMMARS) {
    const tree = parseStrictly(grammar, text);
    if (tree) return statements(children(tree.topNode), { text, depth: 0 });
  }
  return [opaque('JavaScript source that does not parse')];
}

const statements = (nodes: readonly SyntaxNode[], source: Source): Stmt[] =>
  nodes.filter(isPart).flatMap((node) => statement(node, source));

function statement(node: SyntaxNode, source: Source): Stmt[] {
  if (source.depth > MAX_DEPTH) return [opaque('JavaScript code that is nested too deeply')];
  source.depth++;
  const converted = convertStatement(node, source);
  source.depth--;
  return converted;
}

function convertStatement(node: SyntaxNode, source: Source): Stmt[] {
  if (TYPES.has(node.name)) return [];
  const inner = parts(node);
  switch (node.name) {
    case 'ExpressionStatement':
      return inner.map((part) => ({ t: 'expression', value: expression(part, source) }));
    case 'VariableDeclaration':
      return declarations(children(node), source);
    case 'FunctionDeclaration':
      return [functionDeclaration(node, source)];
    case 'ClassDeclaration': {
      const definition = classBody(node, source);
      return [{ t: 'define', name: definition.name, value: { t: 'class', definition }, decorators: [] }];
    }
    case 'Block':
      return [{ t: 'block', body: statements(inner, source) }];
    case 'IfStatement': {
      const [test, ...branches] = inner.filter((part) => part.name !== 'if' && part.name !== 'else');
      return [
        {
          t: 'branches',
          ...(test ? { test: expression(test, source) } : {}),
          branches: branches.map((branch) => statement(branch, source)),
        },
      ];
    }
    case 'ForStatement':
      return forStatement(inner, source);
    case 'WhileStatement':
    case 'DoStatement': {
      const rest = inner.filter((part) => part.name !== 'while' && part.name !== 'do');
      const test = rest.find((part) => part.name === 'ParenthesizedExpression');
      const body = rest.filter((part) => part !== test).flatMap((part) => statement(part, source));
      return [{ t: 'loop', ...(test ? { test: expression(test, source) } : {}), body }];
    }
    case 'SwitchStatement':
      return switchStatement(inner, source);
    case 'TryStatement':
      return inner
        .filter((part) => part.name !== 'try')
        .map((part) => ({
          t: 'branches',
          branches: [part.name === 'Block' ? statements(parts(part), source) : clause(part, source)],
        }));
    case 'ReturnStatement':
      return [{ t: 'return', value: inner[1] ? expression(inner[1], source) : DATA }];
    case 'ThrowStatement':
      return inner[1] ? [{ t: 'expression', value: expression(inner[1], source) }] : [];
    case 'LabeledStatement':
      return inner.slice(1).flatMap((part) => statement(part, source));
    case 'ImportDeclaration':
      return importDeclaration(children(node), source);
    case 'ExportDeclaration':
      return exportDeclaration(inner, source);
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'EmptyStatement':
    case 'DebuggerStatement':
      return [];
    case 'EnumDeclaration':
      return [
        {
          t: 'set',
          targets: [{ t: 'name', name: inner[1] ? written(inner[1], source) : '_', scope: 'block' }],
          value: DATA,
        },
      ];
    default:
      return [opaque(`JavaScript ${node.name}`)];
  }
}

/** `const a = 1, {b} = c`: a pattern or name, perhaps a type, perhaps `= value`. */
function declarations(nodes: readonly SyntaxNode[], source: Source): Stmt[] {
  const result: Stmt[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as SyntaxNode;
    if (!/^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(node.name)) continue;
    const value = nodes[index + 1]?.name === 'Equals' ? nodes[index + 2] : undefined;
    const bound = target(node, source, 'block');
    result.push({ t: 'set', targets: [bound], value: value ? expression(value, source) : DATA });
    if (value) index += 2;
  }
  return result;
}

function functionDeclaration(node: SyntaxNode, source: Source): Stmt {
  const fn = functionOf(node, source);
  return { t: 'define', name: fn.name, value: { t: 'function', fn }, decorators: [], hoisted: true };
}

/** Functions of every form: declarations, expressions, arrows, methods. */
export function functionOf(node: SyntaxNode, source: Source): Fn {
  const inner = parts(node);
  const list = inner.find((part) => part.name === 'ParamList');
  const name = inner.find((part) =>
    /^(VariableDefinition|PropertyDefinition|PrivatePropertyDefinition)$/.test(part.name),
  );
  const body = inner.at(-1);
  const generator = inner.some((part) => part.name === 'Star');
  const arrow = node.name === 'ArrowFunction';
  const converted: Stmt[] =
    body === undefined || body === list
      ? []
      : body.name === 'Block'
        ? statements(parts(body), source)
        : [{ t: 'return', value: expression(body, source) }];
  return {
    name: name ? written(name, source) : '',
    params: list ? parameters(list, source) : [],
    body: converted,
    later: generator || inner.some((part) => part.name === 'async'),
    generator,
    arrow,
  };
}

function parameters(list: SyntaxNode, source: Source): Param[] {
  const params: Param[] = [];
  const inner = children(list);
  let rest = false;
  for (let index = 0; index < inner.length; index++) {
    const part = inner[index] as SyntaxNode;
    if (part.name === 'Spread') rest = true;
    else if (/^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(part.name)) {
      const fallback = inner[index + 1]?.name === 'Equals' ? inner[index + 2] : undefined;
      params.push({
        target: target(part, source),
        ...(fallback ? { default: expression(fallback, source) } : {}),
        ...(rest ? { rest: 'list' as const } : {}),
      });
      if (fallback) index += 2;
      rest = false;
    }
  }
  return params;
}

export function classBody(node: SyntaxNode, source: Source): { name: string; bases: Expr[]; body: Stmt[] } {
  const inner = parts(node);
  const name = inner.find((part) => part.name === 'VariableDefinition');
  const at = inner.findIndex((part) => part.name === 'extends');
  const base = at < 0 ? undefined : inner[at + 1];
  const body = inner.find((part) => part.name === 'ClassBody');
  if (inner.some((part) => part.name === 'Decorator')) return { name: '', bases: [], body: [opaque('a decorator')] };
  return {
    name: name ? written(name, source) : '',
    bases: base ? [expression(base, source)] : [],
    body: body ? parts(body).flatMap((member) => classMember(member, source)) : [],
  };
}

function classMember(node: SyntaxNode, source: Source): Stmt[] {
  const inner = children(node);
  const name = inner.find((part) => /^(PropertyDefinition|PrivatePropertyDefinition)$/.test(part.name));
  if (node.name === 'StaticBlock')
    return inner.filter((part) => part.name === 'Block').flatMap((part) => statement(part, source));
  if (!name) return [opaque('a class member whose name is computed')];
  const key = written(name, source);
  if (node.name === 'MethodDeclaration') {
    const fn = functionOf(node, source);
    const accessor = inner.some((part) => part.name === 'get' || part.name === 'set');
    const value: Expr = { t: 'function', fn };
    if (accessor)
      return [{ t: 'expression', value: { t: 'call', fn: { t: 'name', name: ACCESSOR }, args: [{ value }] } }];
    return [{ t: 'define', name: key, value, decorators: [] }];
  }
  const at = inner.findIndex((part) => part.name === 'Equals');
  const value = at < 0 ? undefined : inner[at + 1];
  return [{ t: 'set', targets: [{ t: 'name', name: key }], value: value ? expression(value, source) : DATA }];
}

/** Stands for what the language does with a getter or setter: it may run at any time. */
export const ACCESSOR = 'accessor function';

function forStatement(inner: readonly SyntaxNode[], source: Source): Stmt[] {
  const spec = inner.find((part) => /^For(In|Of)?Spec$/.test(part.name));
  const body = inner.at(-1);
  const converted = body && body !== spec ? statement(body, source) : [];
  if (!spec) return [opaque('a loop that is not read')];
  const pieces = parts(spec);
  if (spec.name === 'ForSpec') {
    const [first, ...rest] = pieces;
    const start = first
      ? first.name === 'VariableDeclaration'
        ? statement(first, source)
        : [asStatement(first, source)]
      : [];
    return [...start, { t: 'loop', body: [...converted, ...rest.map((part) => asStatement(part, source))] }];
  }
  const at = pieces.findIndex((part) => part.name === 'of' || part.name === 'in');
  const bound = pieces[at - 1];
  const of = pieces[at + 1];
  if (!bound || !of) return [opaque('a loop that is not read')];
  const declared = pieces.some((part) => ['const', 'let', 'var'].includes(part.name));
  const each = {
    target: target(bound, source, declared ? 'block' : 'nearest'),
    of: expression(of, source),
    keys: spec.name === 'ForInSpec',
  };
  return [{ t: 'loop', each, body: converted }];
}

const asStatement = (node: SyntaxNode, source: Source): Stmt => ({ t: 'expression', value: expression(node, source) });

function switchStatement(inner: readonly SyntaxNode[], source: Source): Stmt[] {
  const test = inner.find((part) => part.name === 'ParenthesizedExpression');
  const body = inner.find((part) => part.name === 'SwitchBody');
  const result: Stmt[] = [];
  for (const part of body ? parts(body) : []) {
    if (part.name === 'CaseLabel') for (const value of parts(part).slice(1)) result.push(asStatement(value, source));
    else if (part.name !== 'DefaultLabel') result.push(...statement(part, source));
  }
  return [{ t: 'branches', ...(test ? { test: expression(test, source) } : {}), branches: [result] }];
}

function clause(node: SyntaxNode, source: Source): Stmt[] {
  const inner = parts(node);
  const block = inner.find((part) => part.name === 'Block');
  const bound = inner.find((part) => /^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(part.name));
  const body = block ? statements(parts(block), source) : [];
  return bound ? [{ t: 'set', targets: [target(bound, source, 'block')], value: DATA }, ...body] : body;
}

function importDeclaration(nodes: readonly SyntaxNode[], source: Source): Stmt[] {
  const from = nodes.find((node) => node.name === 'String');
  const module = from && literalText(from, source);
  if (module === undefined) return [opaque('an import that is not read')];
  if (nodes.some((node) => node.name === 'type')) return [];
  const result: Stmt[] = [];
  nodes.forEach((node, index) => {
    if (node.name === 'ImportGroup') result.push({ t: 'import', module, names: importedNames(node, source) });
    if (node.name !== 'VariableDefinition') return;
    const whole = nodes[index - 1]?.name === 'as';
    const name = written(node, source);
    result.push(
      whole
        ? { t: 'import', module, as: name, names: [] }
        : { t: 'import', module, names: [{ name: 'default', as: name }] },
    );
  });
  return result.length > 0 ? result : [{ t: 'import', module, as: ACCESSOR, names: [] }];
}

function importedNames(group: SyntaxNode, source: Source): { name: string; as: string }[] {
  const names: { name: string; as: string }[] = [];
  let words: string[] = [];
  for (const part of children(group)) {
    if (part.name === ',' || part.name === '}') {
      const [name, , as] = words;
      if (name !== undefined) names.push({ name, as: as ?? name });
      words = [];
    } else if (part.name !== '{') words.push(written(part, source));
  }
  return names;
}

function exportDeclaration(inner: readonly SyntaxNode[], source: Source): Stmt[] {
  const from = inner.find((part) => part.name === 'String');
  const module = from && literalText(from, source);
  if (module !== undefined) return [{ t: 'import', module, as: ACCESSOR, names: [] }];
  return inner
    .filter((part) => !['export', 'default', 'ExportGroup', 'type'].includes(part.name))
    .flatMap((part) =>
      /(Declaration|Statement)$/.test(part.name) ? statement(part, source) : [asStatement(part, source)],
    );
}
