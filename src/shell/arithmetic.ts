// Owns arithmetic: constant folding, the side effects of assignments, and the danger that a value is evaluated as code.
import type { Span } from '../core/effect.ts';
import { hasTaint, known, number, text, unknown, type Value } from '../core/value.ts';
import type { Ast } from './parse.ts';
import type { State } from './state.ts';
import { substitution } from './substitution.ts';
import { addOpaque, type Frame, type Trace } from './trace.ts';
import { lookUp, setVariable } from './variables.ts';
import { insideDouble } from './words.ts';

const ASSIGNS = /^(?:[-+*/%&|^]|<<|>>)?=$/;

/** The value of an expression: known when all of it is, otherwise some number. */
export function evaluateArithmetic(
  trace: Trace,
  frame: Frame,
  state: State,
  expression: Ast.ArithmeticExpression | undefined,
  span: Span,
): Value {
  if (expression === undefined) return number('an arithmetic result');
  const result = evaluate(trace, frame, state, expression, span);
  return result === undefined || !Number.isSafeInteger(result) ? number('an arithmetic result') : known(String(result));
}

function evaluate(
  trace: Trace,
  frame: Frame,
  state: State,
  node: Ast.ArithmeticExpression,
  span: Span,
): number | undefined {
  switch (node.type) {
    case 'ArithmeticGroup':
      return evaluate(trace, frame, state, node.expression, span);
    case 'ArithmeticCommandExpansion':
      substitution(trace, frame, state, node);
      return undefined;
    case 'ArithmeticTernary': {
      const test = evaluate(trace, frame, state, node.test, span);
      const yes = evaluate(trace, frame, state, node.consequent, span);
      const no = evaluate(trace, frame, state, node.alternate, span);
      return test === undefined ? undefined : test !== 0 ? yes : no;
    }
    case 'ArithmeticUnary': {
      const operand = evaluate(trace, frame, state, node.operand, span);
      if (node.operator === '++' || node.operator === '--') {
        forget(state, node.operand);
        return undefined;
      }
      if (operand === undefined) return undefined;
      return node.operator === '-'
        ? -operand
        : node.operator === '+'
          ? operand
          : node.operator === '!'
            ? Number(operand === 0)
            : ~operand;
    }
    case 'ArithmeticBinary': {
      const right = evaluate(trace, frame, state, node.right, span);
      if (ASSIGNS.test(node.operator)) {
        if (node.left.type === 'ArithmeticWord' && node.operator === '=' && right !== undefined)
          setVariable(state, node.left.value, known(String(right)), []);
        else forget(state, node.left);
        return node.operator === '=' ? right : undefined;
      }
      const left = evaluate(trace, frame, state, node.left, span);
      return left === undefined || right === undefined ? undefined : binary(node.operator, left, right);
    }
    case 'ArithmeticWord':
      return word(trace, frame, state, node, span);
  }
}

function forget(state: State, target: Ast.ArithmeticExpression): void {
  if (target.type === 'ArithmeticWord' && /^[A-Za-z_]\w*$/.test(target.value))
    setVariable(state, target.value, number(`$${target.value} is counted`), []);
}

function word(trace: Trace, frame: Frame, state: State, node: Ast.ArithmeticWord, span: Span): number | undefined {
  if (node.parts && node.parts.length > 0) {
    const pieces = insideDouble(trace, frame, state, node.parts, node.pos, node.end, true);
    for (const piece of pieces) checkEvaluated(trace, frame, piece.value, piece.taints, span);
    const only = pieces.length === 1 ? text(pieces[0]?.value ?? unknown('')) : undefined;
    return only !== undefined && /^-?\d{1,15}$/.test(only) ? Number(only) : undefined;
  }
  if (/^\d{1,15}$/.test(node.value))
    return node.value.startsWith('0') && node.value.length > 1 ? Number.parseInt(node.value, 8) : Number(node.value);
  const based = /^([2-9]|[12]\d|3[0-6])#([0-9a-z]{1,10})$/i.exec(node.value);
  if (based) return inBase(Number(based[1]), based[2] as string);
  const name = /^\$?([A-Za-z_]\w*)$/.exec(node.value)?.[1];
  if (name === undefined) {
    if (!/^\w+(\[[\w$ +-]*\])?$/.test(node.value) && !/^\$?[#?]?\w*$/.test(node.value))
      addOpaque(trace, frame, span, 'shell', 'arithmetic that is not understood');
    return undefined;
  }
  const { value, taints } = lookUp(trace, state, name);
  checkEvaluated(trace, frame, value, taints, span);
  const plain = text(value);
  return plain !== undefined && /^-?\d{1,15}$/.test(plain) ? Number(plain) : undefined;
}

/** `16#ff`; a digit that the base does not have is an error, which leaves no number. */
function inBase(base: number, digits: string): number | undefined {
  const all = [...digits.toLowerCase()].map((digit) => Number.parseInt(digit, 36));
  return all.every((digit) => digit < base) ? Number.parseInt(digits, base) : undefined;
}

/** Arithmetic evaluates text: `a[$(cmd)]` in a variable runs cmd (bash manual 6.5). */
export function checkEvaluated(
  trace: Trace,
  frame: Frame,
  value: Value,
  taints: Parameters<typeof hasTaint>[0],
  span: Span,
): void {
  const plain = text(value);
  if (plain !== undefined ? /[[$`]/.test(plain) : hasTaint(taints, 'downloaded') || hasTaint(taints, 'untrusted'))
    addOpaque(trace, frame, span, 'shell', 'arithmetic evaluates text that came from elsewhere');
}

function binary(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right);
    case '%':
      return right === 0 ? undefined : left % right;
    case '**':
      return right < 0 || right > 60 ? undefined : left ** right;
    case '<':
      return Number(left < right);
    case '>':
      return Number(left > right);
    case '<=':
      return Number(left <= right);
    case '>=':
      return Number(left >= right);
    case '==':
      return Number(left === right);
    case '!=':
      return Number(left !== right);
    case '&&':
      return Number(left !== 0 && right !== 0);
    case '||':
      return Number(left !== 0 || right !== 0);
    default:
      return undefined;
  }
}
