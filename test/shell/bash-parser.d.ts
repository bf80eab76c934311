declare module 'bash-parser' {
  export default function parse(source: string, options?: { readonly mode?: 'posix' | 'bash' }): unknown;
}
