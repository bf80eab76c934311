// Turns a Python syntax tree into the common syntax; knows nothing of what names mean.
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { parseStrictly } from '../parse.ts';
import { DATA, type Expr, MAX_DEPTH, type Param, type Stmt, type Target } from '../syntax.ts';
import { argumentsOf, expression, sequence, target, targets, yielded } from './expression.ts';
import { children, isExpression, nameOf, opaque, type Source } from './node.ts';

const grammar = parser.configure({ strict: true });

/** A `coding` line can make Python read other text than is written here (PEP 263). */
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

export function parsePython(text: string): readonly Stmt[] {
  const coding = text
    .split('\n', 2)
    .map((line) => CODING.exec(line)?.[1])
    .find((found) => found !== undefined);
  if (coding !== undefined && !/^(utf-?8|ascii|us-ascii|latin-?1|iso-8859-1)$/i.test(coding))
    return [opaque(`Python source in the encoding ${coding}`)];
  if (/[\0\f]/.test(text)) return [opaque('Python source with control characters')];
  const tree = parseStrictly(grammar, text);
  if (!tree) return [opaque('Python source that does not parse')];
  return statements(tree.topNode, { text, depth: 0 });
}

const statements = (node: SyntaxNode, source: Source): Stmt[] =>
  children(node)
    .filter(isExpression)
    .flatMap((child) => statement(child, source));

/** Everything that a compound statement holds, in order: bodies as branches. */
function statement(node: SyntaxNode, source: Source): Stmt[] {
  if (source.depth > MAX_DEPTH) return [opaque('Python code that is nested too deeply')];
  source.depth++;
  try {
    return convertStatement(node, source);
  } finally {
    source.depth--;
  }
}

function convertStatement(node: SyntaxNode, source: Source): Stmt[] {
  const parts = children(node);
  const bodies = () => parts.filter((part) => part.name === 'Body').map((body) => statements(body, source));
  switch (node.name) {
    case 'StatementGroup':
      return statements(node, source);
    case 'ExpressionStatement':
      return [{ t: 'expression', value: sequence(parts, source) }];
    case 'AssignStatement':
      return assignment(parts, source);
    case 'UpdateStatement': {
      const [left, operator, ...right] = parts;
      if (!left || !operator) return [opaque('an assignment that is not read')];
      const value: Expr = {
        t: 'operator',
        operator: source.text.slice(operator.from, operator.to - 1),
        left: expression(left, source),
        right: sequence(right, source),
      };
      return [{ t: 'set', targets: [target(left, source)], value }];
    }
    case 'ImportStatement':
      return importStatement(parts, source);
    case 'FunctionDefinition':
      return [functionDefinition(node, [], source)];
    case 'ClassDefinition':
      return [classDefinition(node, [], source)];
    case 'DecoratedStatement': {
      const decorators = parts.filter((part) => part.name === 'Decorator').map((part) => decorator(part, source));
      const defined = parts.at(-1);
      if (defined?.name === 'FunctionDefinition') return [functionDefinition(defined, decorators.reverse(), source)];
      if (defined?.name === 'ClassDefinition') return [classDefinition(defined, decorators.reverse(), source)];
      return [opaque('a decorator that is not read')];
    }
    case 'IfStatement':
      return [
        ...parts
          .filter((part) => !['if', 'elif', 'else', 'Body', ':'].includes(part.name))
          .map((part): Stmt => ({ t: 'expression', value: expression(part, source) })),
        { t: 'branches', branches: bodies() },
      ];
    case 'WhileStatement': {
      const [body = [], ...rest] = bodies();
      const test = parts[1] ? expression(parts[1], source) : DATA;
      return [{ t: 'loop', test, body }, ...(rest.length > 0 ? [{ t: 'branches', branches: rest } as const] : [])];
    }
    case 'ForStatement':
      return forStatement(parts, bodies(), source);
    case 'TryStatement':
      return tryStatement(parts, source);
    case 'WithStatement':
      return withStatement(parts, source);
    case 'MatchStatement':
      return matchStatement(parts, source);
    case 'ReturnStatement':
      return [{ t: 'return', value: parts.length > 1 ? sequence(parts.slice(1), source) : DATA }];
    case 'YieldStatement':
      return [{ t: 'expression', value: yielded(parts, source) }];
    case 'RaiseStatement':
    case 'AssertStatement':
      return parts
        .filter((part) => isExpression(part) && !['raise', 'assert', 'from'].includes(part.name))
        .map((part) => ({ t: 'expression', value: expression(part, source) }));
    case 'DeleteStatement':
      return parts
        .slice(1)
        .filter((part) => part.name === 'MemberExpression')
        .map((part) => ({ t: 'expression', value: expression(part.firstChild ?? part, source) }));
    case 'ScopeStatement':
      return [
        { t: 'outer', names: parts.filter((part) => part.name === 'VariableName').map((part) => nameOf(part, source)) },
      ];
    case 'PassStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'TypeDefinition':
      return [];
    default:
      return [opaque(`Python ${node.name}`)];
  }
}

function assignment(parts: readonly SyntaxNode[], source: Source): Stmt[] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts) {
    if (part.name === 'AssignOp') groups.push([]);
    else if (part.name !== 'TypeDef') groups.at(-1)?.push(part);
  }
  if (groups.length < 2) return [];
  const value = sequence(groups.pop() ?? [], source);
  return [{ t: 'set', targets: groups.map((group) => targets(group, source)), value }];
}

function importStatement(parts: readonly SyntaxNode[], source: Source): Stmt[] {
  const words = parts.map((part) => source.text.slice(part.from, part.to));
  if (words[0] === 'from') {
    const at = words.indexOf('import');
    const module = words.slice(1, at).join('');
    const names: { name: string; as: string }[] = [];
    const rest = words.slice(at + 1).filter((word) => word !== '(' && word !== ')');
    for (const group of splitAtCommas(rest)) {
      const [name, keyword, as] = group;
      if (name !== undefined)
        names.push({ name: name.normalize('NFKC'), as: (keyword === 'as' && as ? as : name).normalize('NFKC') });
    }
    return [{ t: 'import', module, names }];
  }
  return splitAtCommas(words.slice(1)).map((group): Stmt => {
    const at = group.indexOf('as');
    const module = (at < 0 ? group : group.slice(0, at)).join('').normalize('NFKC');
    const as = at < 0 ? module.split('.')[0] : group[at + 1];
    return {
      t: 'import',
      module,
      names: [],
      ...(as === undefined ? {} : { as }),
      ...(at < 0 && module.includes('.') ? { top: true } : {}),
    };
  });
}

function splitAtCommas<T extends string>(words: readonly T[]): T[][] {
  const groups: T[][] = [[]];
  for (const word of words) word === ',' ? groups.push([]) : groups.at(-1)?.push(word);
  return groups.filter((group) => group.length > 0);
}

function decorator(node: SyntaxNode, source: Source): Expr {
  const [, ...parts] = children(node);
  let expr: Expr | undefined;
  for (const part of parts) {
    if (part.name === '.' || part.name === 'At') continue;
    if (part.name === 'ArgList' && expr) expr = { t: 'call', fn: expr, args: argumentsOf(part, source) };
    else if (expr === undefined) expr = expression(part, source);
    else expr = { t: 'get', of: expr, name: nameOf(part, source) };
  }
  return expr ?? opaque('a decorator that is not read');
}

function functionDefinition(node: SyntaxNode, decorators: readonly Expr[], source: Source): Stmt {
  const parts = children(node);
  const name = parts.find((part) => part.name === 'VariableName');
  const params = parts.find((part) => part.name === 'ParamList');
  const body = parts.find((part) => part.name === 'Body');
  if (!name || !params || !body) return opaque('a function that is not read');
  const generator = yields(body);
  const fn = {
    name: nameOf(name, source),
    params: parameters(params, source),
    body: statements(body, source),
    later: generator || parts[0]?.name === 'async',
    generator,
    arrow: false,
  };
  return { t: 'define', name: fn.name, value: { t: 'function', fn }, decorators };
}

function yields(body: SyntaxNode): boolean {
  let found = false;
  body.cursor().iterate((node) => {
    if (node.name === 'YieldStatement' || node.name === 'YieldExpression') found = true;
    return node.name !== 'FunctionDefinition' && node.name !== 'LambdaExpression';
  });
  return found;
}

export function parameters(node: SyntaxNode, source: Source): Param[] {
  const params: Param[] = [];
  let rest: Param['rest'];
  const parts = children(node);
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as SyntaxNode;
    if (part.name === '*' || part.name === '**') rest = part.name === '*' ? 'list' : 'dict';
    else if (part.name === ',') rest = undefined;
    else if (part.name === 'VariableName') {
      const after = parts[index + 1]?.name === 'TypeDef' ? index + 2 : index + 1;
      const fallback = parts[after]?.name === 'AssignOp' ? parts[after + 1] : undefined;
      if (fallback) index = after + 1;
      params.push({
        target: { t: 'name', name: nameOf(part, source) },
        ...(fallback ? { default: expression(fallback, source) } : {}),
        ...(rest ? { rest } : {}),
      });
    }
  }
  return params;
}

function classDefinition(node: SyntaxNode, decorators: readonly Expr[], source: Source): Stmt {
  const parts = children(node);
  const name = parts.find((part) => part.name === 'VariableName');
  const body = parts.find((part) => part.name === 'Body');
  const list = parts.find((part) => part.name === 'ArgList');
  const bases = list ? argumentsOf(list, source) : [];
  if (!name || !body) return opaque('a class that is not read');
  if (bases.some((base) => base.name !== undefined || base.spread))
    return opaque('a class with a metaclass or keywords');
  const definition = {
    name: nameOf(name, source),
    bases: bases.map((base) => base.value),
    body: statements(body, source),
  };
  return { t: 'define', name: definition.name, value: { t: 'class', definition }, decorators };
}

function forStatement(parts: readonly SyntaxNode[], bodies: readonly Stmt[][], source: Source): Stmt[] {
  const start = parts.findIndex((part) => part.name === 'for') + 1;
  const middle = parts.findIndex((part) => part.name === 'in');
  const end = parts.findIndex((part) => part.name === 'Body');
  const [body = [], ...rest] = bodies;
  const each = {
    target: targets(parts.slice(start, middle), source),
    of: sequence(parts.slice(middle + 1, end), source),
    keys: false,
  };
  return [{ t: 'loop', each, body }, ...(rest.length > 0 ? [{ t: 'branches', branches: rest } as const] : [])];
}

function tryStatement(parts: readonly SyntaxNode[], source: Source): Stmt[] {
  const result: Stmt[] = [];
  let named: SyntaxNode | undefined;
  let keyword = '';
  parts.forEach((part, index) => {
    if (part.name === 'Body') {
      const body = statements(part, source);
      const bound: Stmt[] = named ? [{ t: 'set', targets: [target(named, source)], value: DATA }] : [];
      result.push(keyword === 'finally' ? { t: 'block', body } : { t: 'branches', branches: [[...bound, ...body]] });
      named = undefined;
    } else if (part.name === 'as') named = parts[index + 1];
    else if (['try', 'except', 'else', 'finally'].includes(part.name)) keyword = part.name;
    else if (part !== named && isExpression(part) && part.name !== '*')
      result.push({ t: 'expression', value: expression(part, source) });
  });
  return result;
}

function withStatement(parts: readonly SyntaxNode[], source: Source): Stmt[] {
  const result: Stmt[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as SyntaxNode;
    if (part.name === 'Body') result.push(...statements(part, source));
    else if (isExpression(part) && !['with', 'async', 'as'].includes(part.name)) {
      const bound = parts[index + 1]?.name === 'as' ? parts[index + 2] : undefined;
      result.push({ t: 'with', value: expression(part, source), ...(bound ? { target: target(bound, source) } : {}) });
      if (bound) index += 2;
    }
  }
  return result;
}

/** Captured names may be any part of the subject. */
function matchStatement(parts: readonly SyntaxNode[], source: Source): Stmt[] {
  const subject = parts[1] ? expression(parts[1], source) : DATA;
  const branches: Stmt[][] = [];
  for (const clause of parts.find((part) => part.name === 'MatchBody')?.getChildren('MatchClause') ?? []) {
    const branch: Stmt[] = [];
    clause.cursor().iterate((node) => {
      if (node.name === 'Body' || node.name === 'Guard') return false;
      if (node.name !== 'CapturePattern' && node.name !== 'AsPattern') return true;
      const name = node.node.getChildren('VariableName').at(-1);
      const whole: Target = { t: 'name', name: name ? nameOf(name, source) : '_' };
      branch.push({ t: 'set', targets: [whole], value: { t: 'slice', of: subject, bounds: [] } });
      branch.push({ t: 'set', targets: [whole], value: { t: 'spread', of: subject } });
      return true;
    });
    const guard = clause.getChild('Guard');
    if (guard?.lastChild) branch.push({ t: 'expression', value: expression(guard.lastChild, source) });
    const body = clause.getChild('Body');
    if (body) branch.push(...statements(body, source));
    branches.push(branch);
  }
  return [{ t: 'branches', test: subject, branches }];
}
