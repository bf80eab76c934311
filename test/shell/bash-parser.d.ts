// Declares what the tests call of bash-parser, which ships no types.
declare module 'bash-parser' {
  export default function parse(source: string, options?: { readonly mode?: 'posix' | 'bash' }): unknown;
}
