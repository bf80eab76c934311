// Owns the small common syntax that Python and JavaScript are converted to before they are read for effects.

export type Expr =
  /** A string or number that is written out. */
  | { readonly t: 'text'; readonly text: string; readonly number?: true }
  /** None, true, a regular expression: a value that has no effects and whose text does not matter. */
  | { readonly t: 'data' }
  /** f-string or template. */
  | { readonly t: 'format'; readonly parts: readonly Expr[] }
  | { readonly t: 'name'; readonly name: string }
  | { readonly t: 'get'; readonly of: Expr; readonly name: string }
  | { readonly t: 'at'; readonly of: Expr; readonly key: Expr }
  /** Part of a sequence: keeps what it holds, changes how many. */
  | { readonly t: 'slice'; readonly of: Expr; readonly bounds: readonly Expr[] }
  | { readonly t: 'call'; readonly fn: Expr; readonly args: readonly Arg[]; readonly created?: true }
  | { readonly t: 'list'; readonly items: readonly Expr[] }
  | { readonly t: 'dict'; readonly entries: readonly { readonly key?: Expr; readonly value: Expr }[] }
  | { readonly t: 'spread'; readonly of: Expr }
  | { readonly t: 'function'; readonly fn: Fn }
  | { readonly t: 'class'; readonly definition: ClassBody }
  | { readonly t: 'operator'; readonly operator: string; readonly left: Expr; readonly right: Expr }
  /** Operators whose result is a number, truth value or type name. */
  | { readonly t: 'measure'; readonly parts: readonly Expr[] }
  /** Operators whose result is a truth value or type name: it carries nothing of what was looked at. */
  | { readonly t: 'check'; readonly parts: readonly Expr[] }
  /** One of `parts`, after `test`. */
  | { readonly t: 'choice'; readonly test?: Expr; readonly parts: readonly Expr[] }
  | { readonly t: 'sequence'; readonly parts: readonly Expr[] }
  | { readonly t: 'comprehension'; readonly clauses: readonly Clause[]; readonly key?: Expr; readonly value: Expr }
  | { readonly t: 'assign'; readonly target: Target; readonly value: Expr }
  | { readonly t: 'yield'; readonly value: Expr; readonly each: boolean }
  | { readonly t: 'import'; readonly module: Expr }
  | { readonly t: 'opaque'; readonly because: string };

export interface Arg {
  readonly name?: string;
  readonly spread?: 'list' | 'dict';
  readonly value: Expr;
}

export interface Clause {
  readonly target: Target;
  readonly of: Expr;
  readonly tests: readonly Expr[];
}

export type Target =
  /** `block`: declares a name of a block; `nearest`: sets the name where it was declared. Default: a name of this scope. */
  | { readonly t: 'name'; readonly name: string; readonly scope?: 'block' | 'nearest' }
  | { readonly t: 'get'; readonly of: Expr; readonly name: string }
  | { readonly t: 'at'; readonly of: Expr; readonly key: Expr }
  | { readonly t: 'listTarget'; readonly items: readonly (Target | undefined)[] }
  | {
      readonly t: 'dictTarget';
      readonly entries: readonly { readonly key: Expr; readonly target: Target }[];
      readonly rest?: Target;
    }
  | { readonly t: 'restTarget'; readonly target: Target }
  | { readonly t: 'defaultTarget'; readonly target: Target; readonly value: Expr }
  | { readonly t: 'opaque'; readonly because: string };

export interface Param {
  readonly target: Target;
  readonly default?: Expr;
  readonly rest?: 'list' | 'dict';
}

export interface Fn {
  readonly name: string;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  /** Runs later or in pieces: generators and asynchronous functions. */
  readonly later: boolean;
  readonly generator: boolean;
  /** Sees the `this` of where it was written. */
  readonly arrow: boolean;
}

export interface ClassBody {
  readonly name: string;
  readonly bases: readonly Expr[];
  readonly body: readonly Stmt[];
}

export type Stmt =
  | { readonly t: 'expression'; readonly value: Expr }
  | { readonly t: 'set'; readonly targets: readonly Target[]; readonly value: Expr }
  | {
      readonly t: 'import';
      readonly module: string;
      readonly as?: string;
      /** `import a.b`: what is bound is `a`. */
      readonly top?: true;
      readonly names: readonly ImportedName[];
    }
  | {
      readonly t: 'define';
      readonly name: string;
      readonly value: Expr;
      readonly decorators: readonly Expr[];
      /** There before the first statement of its block runs. */
      readonly hoisted?: true;
    }
  /** Statements that may or may not run, once. */
  | { readonly t: 'branches'; readonly test?: Expr; readonly branches: readonly (readonly Stmt[])[] }
  | {
      readonly t: 'loop';
      readonly test?: Expr;
      readonly each?: { readonly target: Target; readonly of: Expr; readonly keys: boolean };
      readonly body: readonly Stmt[];
    }
  | { readonly t: 'with'; readonly value: Expr; readonly target?: Target }
  | { readonly t: 'block'; readonly body: readonly Stmt[] }
  | { readonly t: 'return'; readonly value: Expr }
  | { readonly t: 'outer'; readonly names: readonly string[] }
  | { readonly t: 'opaque'; readonly because: string };

/** `*` takes everything. */
export interface ImportedName {
  readonly name: string;
  readonly as: string;
}

/** Deeper nesting than this is not read, so that no walk can overflow. */
export const MAX_DEPTH = 120;
export const DATA: Expr = { t: 'data' };
