// Owns the words of PHP that are read: printing, texts, arrays, JSON, and the file functions that are well known.
import { reader } from './read.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const readPhp = reader({
  language: 'php',
  syntax: {
    comment: /<\?php\b|\?>\s*$|\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?\*\//,
    variable: /\$[A-Za-z_]\w*/,
    quotes: { "'": {}, '"': { computed: /\$/ }, '`': { computed: /\$/, command: true } },
    regex: false,
    // Here-documents, markup, variable variables, code in texts, attributes.
    refused: /<<<|\?>|\$\$|\$\{|"(?:[^"\\]|\\.)*(?:\{\$[^}]*[(]|\$\{)|#\[/,
  },
  words: words(`
echo print print_r var_dump var_export printf sprintf if else elseif for foreach as while do switch case break continue return true false null TRUE FALSE NULL
strlen strpos str_contains str_starts_with str_ends_with substr strtolower strtoupper ucfirst trim ltrim rtrim explode implode join str_replace str_repeat
str_pad nl2br htmlspecialchars json_encode json_decode count sizeof array_keys array_values array_merge array_slice array_unique array_sum array_reverse
in_array sort rsort ksort range min max abs floor ceil round intval floatval strval is_array is_string is_numeric isset empty unset phpversion php_sapi_name
php_uname PHP_VERSION PHP_EOL PHP_OS PHP_INT_MAX PHP_VERSION_ID ini_get extension_loaded function_exists class_exists get_loaded_extensions date time microtime
strtotime md5 sha1 hash crc32 base64_encode base64_decode bin2hex random_int random_bytes uniqid memory_get_usage JSON_PRETTY_PRINT JSON_UNESCAPED_SLASHES
file_exists is_file is_dir filesize basename dirname realpath pathinfo getcwd sys_get_temp_dir preg_match preg_split preg_quote preg_match_all array_key_exists
number_format ucwords wordwrap getenv die exit and or xor array list usleep sleep`),
  rows: {
    system: { does: 'shell' },
    exec: { does: 'shell' },
    shell_exec: { does: 'shell' },
    passthru: { does: 'shell' },
    file_get_contents: { does: 'fetch-or-read' },
    file: { does: 'fetch-or-read' },
    readfile: { does: 'fetch-or-read' },
    file_put_contents: { does: 'write' },
    touch: { does: 'write' },
    unlink: { does: 'delete' },
    rmdir: { does: 'delete' },
    mkdir: { does: 'mkdir' },
    rename: { does: 'move' },
    copy: { does: 'copy' },
    scandir: { does: 'names' },
    glob: { does: 'names' },
  },
  modules: {},
  libraries: new Set(),
  loads: new Set(['include', 'include_once', 'require', 'require_once', 'use', 'namespace']),
  names: new Set(),
  bareVariables: false,
  member: new Set(['format', 'getMessage']),
  indirect: (tokens, index) => {
    const [token, next] = [tokens[index], tokens[index + 1]];
    const callable =
      token && (token.kind === 'variable' || token.kind === 'string' || token.text === ')' || token.text === ']');
    const keyword =
      tokens[index - 1]?.kind === 'word' && /^(as|echo|print|return|case)$/.test(tokens[index - 1]?.text ?? '');
    return callable && next?.text === '(' && !keyword ? 'a function is called by a value' : undefined;
  },
});
