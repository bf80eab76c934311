// Owns the words of Ruby that are read: printing, collections, JSON, and the file functions that are well known.
import { reader } from './read.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const readRuby = reader({
  language: 'ruby',
  syntax: {
    comment: /#[^\n]*/,
    variable: /@{1,2}[A-Za-z_]\w*|\$(?:[A-Za-z_]\w*|[0-9!~&])/,
    quotes: {
      "'": {},
      '"': { computed: /#[{$@]/, code: /#\{([^{}"]*)\}/ },
      '`': { computed: /#[{$@]/, command: true },
    },
    regex: true,
    refused:
      /ENV\s*\[[^\]]*\]\s*(?:\|\||&&)?=[^=~]|<<[~\-"'A-Z]|%[qQwWiIxrs]?[({[<|!/]|=begin|__END__|"(?:[^"\\]|\\.)*#\{[^}"]*["{]/,
  },
  words: words(`
puts print p pp printf if elsif else unless while until end do def return next break then case when in and or not nil true false self begin rescue ensure
raise loop yield each lambda proc Integer Float String Array Hash format sprintf gets ARGV RUBY_VERSION RUBY_PLATFORM RUBY_ENGINE StandardError
ArgumentError rand sleep exit abort freeze Set Struct Time Date DateTime STDIN STDOUT STDERR warn gsub sub chomp`),
  rows: {
    system: { does: 'shell' },
    exec: { does: 'shell' },
    spawn: { does: 'shell' },
    open: { does: 'open' },
    'File.open': { does: 'open' },
    'File.read': { does: 'read' },
    'File.readlines': { does: 'read' },
    'File.foreach': { does: 'read' },
    'File.write': { does: 'write' },
    'File.delete': { does: 'delete' },
    'File.unlink': { does: 'delete' },
    'File.rename': { does: 'move' },
    'IO.popen': { does: 'shell' },
    'Dir.glob': { does: 'names' },
    'Dir.children': { does: 'names' },
    'Dir.entries': { does: 'names' },
    'Dir.mkdir': { does: 'mkdir' },
    'Dir.rmdir': { does: 'delete' },
    'FileUtils.rm': { does: 'delete' },
    'FileUtils.rm_f': { does: 'delete' },
    'FileUtils.rm_r': { does: 'delete-tree' },
    'FileUtils.rm_rf': { does: 'delete-tree' },
    'FileUtils.remove_dir': { does: 'delete-tree' },
    'FileUtils.mkdir_p': { does: 'mkdir' },
    'FileUtils.mv': { does: 'move' },
    'FileUtils.cp': { does: 'copy' },
    'FileUtils.cp_r': { does: 'copy' },
    'FileUtils.touch': { does: 'write' },
  },
  modules: {
    File: words('exist? file? directory? basename dirname extname join size expand_path mtime readable? absolute_path'),
    Dir: words('pwd exist? home'),
    JSON: words('parse generate pretty_generate dump'),
    YAML: words('safe_load dump safe_load_file'),
    CSV: words('parse parse_line generate_line'),
    Math: words('sqrt sin cos PI log log10 hypot'),
    Time: words('now at parse'),
    Date: words('today parse new'),
    Digest: words('MD5 SHA256 SHA1'),
    Base64: words('encode64 decode64 strict_encode64 strict_decode64'),
    SecureRandom: words('hex uuid random_number alphanumeric'),
    Process: words('clock_gettime pid CLOCK_MONOTONIC'),
    ENV: words('fetch key? to_h'),
    Gem: words('version Version'),
    Set: words('new'),
    Hash: words('new'),
    Array: words('new'),
    Struct: words(''),
  },
  libraries: words(
    'json set date time yaml csv fileutils digest base64 securerandom pp English bigdecimal stringio benchmark',
  ),
  loads: new Set(['require']),
  names: new Set(['def', 'for', 'local']),
  bareVariables: true,
  member: words(`
each map select reject reduce inject sum min max sort sort_by group_by first last size length count join split strip chomp upcase downcase capitalize
gsub sub scan match match? start_with? end_with? include? empty? nil? to_s to_i to_f to_a to_h to_sym keys values key? fetch dig merge push pop shift unshift
each_with_index each_line each_with_object with_index zip flatten compact uniq reverse rotate take drop any? all? none? find detect find_all partition tally
lines chars bytes bytesize index rindex slice tr squeeze center ljust rjust format round floor ceil abs digits times upto downto step new hexdigest parse
strftime iso8601 year month day hour read gets each_slice each_cons filter_map flat_map values_at transform_values transform_keys compare_by_identity
dump generate fdiv divmod zero? positive? negative? even? odd? succ next ord chr hex unpack1 unpack pack encode force_encoding unicode_normalize
freeze frozen? dup itself then puts print presence sum minmax cycle lazy force inspect sub! gsub! strip! chomp! squeeze! upcase! downcase!
sort! sort_by! map! select! reject! uniq! compact! flatten! reverse! merge! each_char each_key each_value each_pair min_by max_by sum_by to_set delete_prefix
delete_suffix ljust insert append prepend concat`),
  indirect: (tokens, index) => {
    const [token, next] = [tokens[index], tokens[index + 1]];
    if (token?.text === '&' && (next?.text === ':' || next?.kind === 'word') && tokens[index - 1]?.text !== '&')
      return next?.text === ':' &&
        /^(system|exec|eval|spawn|send|instance_eval|load|require|delete|unlink|public_send)$/.test(
          tokens[index + 2]?.text ?? '',
        )
        ? 'a function is handed over by its name'
        : undefined;
    return token?.text === '.' && next?.text === '(' ? 'a function is called by a value' : undefined;
  },
});
