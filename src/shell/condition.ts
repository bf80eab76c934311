// Reads the conditions of `[[ ]]`: words are expanded, and what a test evaluates as arithmetic must be known.
import { text } from '../core/value.ts';
import type { Ast } from './parse.ts';
import { spanOf } from './source.ts';
import type { State } from './state.ts';
import { addOpaque, type Frame, type Trace } from './trace.ts';
import { expandSingle } from './words.ts';

export function runTest(trace: Trace, frame: Frame, state: State, node: Ast.TestExpression): void {
  switch (node.type) {
    case 'TestUnary':
      checkTestWord(trace, frame, state, node.operand, node.operator === '-v' || node.operator === '-R');
      return;
    case 'TestBinary': {
      const numeric = /^-(eq|ne|lt|le|gt|ge)$/.test(node.operator);
      checkTestWord(trace, frame, state, node.left, numeric);
      checkTestWord(trace, frame, state, node.right, numeric);
      return;
    }
    case 'TestLogical':
      for (const operand of node.operands) runTest(trace, frame, state, operand);
      return;
    case 'TestNot':
      runTest(trace, frame, state, node.operand);
      return;
    case 'TestGroup':
      runTest(trace, frame, state, node.expression);
      return;
  }
}

/** Operands of `-v` and of numeric comparisons are evaluated as arithmetic, subscripts included. */
function checkTestWord(trace: Trace, frame: Frame, state: State, node: Ast.Word, evaluated: boolean): void {
  const { value, taints } = expandSingle(trace, frame, state, node);
  if (!evaluated) return;
  const plain = text(value);
  if (plain !== undefined ? /\[.*[$`]/.test(plain) : taints.some((taint) => taint.label !== 'secret'))
    addOpaque(trace, frame, spanOf(frame.source, node), 'shell', 'a test evaluates text that came from elsewhere');
}
