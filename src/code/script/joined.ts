// Tells short code that joins a shell to a network connection, in languages whose sockets are not read; knows nothing else of it.

/** Raw connections, as the languages and their libraries name them. */
const CONNECTS =
  /\bsocket\b|\bTCPSocket\b|\b(p?fsockopen|stream_socket_client|socket_create)\b|\bIO::Socket\b|\brequire\s*\(?\s*["'](node:)?(net|tls)["']|\bnet\.(connect|Socket|createConnection)\b|\/inet\/(tcp|udp)\//i;
/** A shell, or commands that are taken from a variable. */
const STARTS =
  /["'`\s/](ba|z|da|k|c|a)?sh["'`\s]|\bcmd(\.exe)?["']|\b(popen|system|exec|shell_exec|passthru|proc_open|spawn)\b\s*\(?\s*[$a-z_]+\b(?!["'(])|\|&\s*getline/i;

/** In a long program the two need not have to do with each other. */
const SHORT = 1500;

export const joinsShell = (code: string): boolean => code.length < SHORT && CONNECTS.test(code) && STARTS.test(code);
