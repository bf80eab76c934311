// Turns the argv of media, picture and document programs into effects; knows nothing of policy.

import type { Word } from '../../core/invocation.ts';
import { parseArgs } from '../../core/options.ts';
import type { Call, EffectDraft, Lowering, Program, Run } from '../../core/program.ts';
import { at, harmless, inspect, literal, mustBeKnown, opaque, reader, reads, wantsHelp, writes } from '../kit.ts';
import { wordOf } from '../words.ts';
import { CONVERTERS, type Converter } from './converters.ts';

const REMOTE = /^(https?|ftp|rtmps?|rtsp|srt|tcp|udp|icecast|sftp):/i;

const input = (call: Call, word: Word): EffectDraft =>
  REMOTE.test(literal(word) ?? '')
    ? { kind: 'net.fetch', url: word.value }
    : { kind: 'fs.read', path: at(call, word), use: 'content', span: word.span };
const output = (call: Call, word: Word): EffectDraft =>
  REMOTE.test(literal(word) ?? '')
    ? { kind: 'net.send', to: word.value, channel: 'body', taints: word.taints }
    : { kind: 'fs.write', path: at(call, word), how: 'overwrite', span: word.span };

/** Options without a value; every other option of ffmpeg takes one. */
const FFMPEG_FLAGS = new Set(
  '-y -n -hide_banner -nostdin -nostats -stats -an -vn -sn -dn -shortest -version -formats -codecs -encoders -decoders -filters -protocols -devices -buildconf -h -help -re -copyts -ignore_unknown -autorotate -noautorotate -benchmark -xerror -L -hwaccels -pix_fmts -bsfs -accurate_seek -noaccurate_seek'.split(
    ' ',
  ),
);

function ffmpeg(call: Call): Lowering {
  const effects: EffectDraft[] = [];
  for (let index = 0; index < call.args.length; index++) {
    const word = call.args[index] as Word;
    const option = literal(word);
    if (option === undefined) {
      effects.push(...mustBeKnown([word], 'an argument of ffmpeg'), output(call, word));
      continue;
    }
    if (!option.startsWith('-') || option === '-') {
      if (option !== '-' && !/^pipe:/.test(option)) effects.push(output(call, word));
      continue;
    }
    if (FFMPEG_FLAGS.has(option)) continue;
    const value = call.args[++index];
    if (!value) continue;
    if (option === '-i') effects.push(input(call, value));
    else if (/^-(report|passlogfile|vstats_file|progress|dump_attachment.*)$/.test(option))
      effects.push(output(call, value));
    else if (/^-(filter_script|filter_complex_script|init_hw_device|fpre|vpre|pre)/.test(option))
      effects.push(opaque(`ffmpeg ${option} is not read`));
    else if (/movie=|amovie=|zmq|sendcmd=f|frei0r|ladspa|drawtext=.*textfile/.test(literal(value) ?? ''))
      effects.push(opaque('a filter of ffmpeg reads or loads something', value.span));
  }
  return { effects: effects.length > 0 ? effects : [inspect('ffmpeg')], output: { taints: [] } };
}

/** Delegates and scripts that ImageMagick runs by the form of a name. */
const CODERS =
  /^(msl|mvg|ephemeral|https?|ftp|url|label|text|caption|pango|vid|show|win|x|print|scan|plasma|fd|inline|epi?|ps[23]?|pdf):/i;

function magick(call: Call): Lowering {
  const words = call.args.filter((word) => !/^[-+]/.test(literal(word) ?? ''));
  if (wantsHelp(call.args) || words.length === 0) return harmless(call.name);
  const identifies = call.name === 'identify' || literal(words[0]) === 'identify';
  const inPlace = call.name === 'mogrify' || literal(words[0]) === 'mogrify';
  const files = words.filter(
    (word) => /[./]/.test(literal(word) ?? '.') && !/^[\d.x%+,:()^<>!@#-]+$/.test(literal(word) ?? ''),
  );
  const target = inPlace ? files : files.slice(-1);
  const strange = call.args.some(
    (word) =>
      /^@|^\|/.test(literal(word) ?? '') ||
      CODERS.test((literal(word) ?? '').replace(/^\w+:(?=\/\/)/, 'url:')) ||
      ['-write', '-script', '-set'].includes(literal(word) ?? ''),
  );
  return {
    effects: [
      ...reads(call, files),
      ...(identifies ? [] : writes(call, target, inPlace ? 'edit' : 'overwrite')),
      ...(strange ? [opaque(`${call.name} is given a form that runs or writes something else`)] : []),
      ...mustBeKnown(
        call.args.filter((word) => word.value.kind === 'unknown'),
        `an argument of ${call.name}`,
      ),
      inspect(call.name),
    ],
  };
}

function convert(call: Call, row: Converter): Lowering {
  if (wantsHelp(call.args)) return harmless(call.name);
  const parsed = parseArgs(call.args, { values: row.values ?? [], style: 'words' });
  const targets =
    row.writes === 'last'
      ? parsed.operands.length > 1
        ? parsed.operands.slice(-1)
        : []
      : row.writes === 'all'
        ? parsed.operands
        : [];
  const sources = row.writes === 'last' && targets.length > 0 ? parsed.operands.slice(0, -1) : parsed.operands;
  const named = parsed.all(...(row.outputs ?? []));
  return {
    effects: [
      ...sources.map((word) => input(call, word)),
      ...writes(call, named.length > 0 ? named : targets),
      ...(row.writes === 'here' && named.length === 0
        ? [{ kind: 'fs.write' as const, path: call.cwd, how: 'extract' as const }]
        : []),
      ...(call.args.some((word) => row.refuses?.test(literal(word) ?? ''))
        ? [opaque(`${call.name} is given an option that runs or writes something else`)]
        : []),
      ...mustBeKnown(parsed.dynamic, `an argument of ${call.name}`),
      inspect(call.name),
    ],
  };
}

const LATEX = [
  'pdflatex',
  'latex',
  'xelatex',
  'lualatex',
  'tex',
  'pdftex',
  'luatex',
  'xetex',
  'latexmk',
  'bibtex',
  'biber',
  'makeindex',
  'tectonic',
  'context',
  'texcount',
  'chktex',
];

/** A document can write files in its folder; with shell escape it can run programs. */
function latex(call: Call): Lowering {
  if (wantsHelp(call.args)) return harmless(call.name);
  const words = call.args.map((word) => literal(word) ?? '?');
  const escapes = words.some(
    (word) =>
      /^--?(shell-escape|enable-write18|shell-restricted)/.test(word) ||
      /write18|directlua|^\?|^-(e|r|pdflatex=|latex=)|\\(input|openout|immediate)/.test(word),
  );
  const folder = call.args.find((word) => /^--?out(put-directory|dir)=/.test(literal(word) ?? ''));
  const base = folder
    ? at(call, { ...folder, value: { kind: 'known', text: (literal(folder) ?? '').replace(/^[^=]*=/, '') } })
    : call.cwd;
  const lua = /^lua/.test(call.name);
  return {
    effects: [
      ...reads(
        call,
        call.args.filter((word) => !/^[-\\]/.test(literal(word) ?? '-')),
      ),
      { kind: 'fs.write', path: base, how: 'extract' },
      ...(escapes ? [opaque(`${call.name} may run programs`)] : []),
      ...(lua
        ? [{ kind: 'code.run' as const, origin: 'project' as const, language: 'lua', what: base, taints: [] }]
        : []),
    ],
    runs: call.args.flatMap((word): Run[] =>
      [...(literal(word) ?? '').matchAll(/\\write18\s*\{([^{}]*)\}/g)].map(([, line = '']) => ({
        kind: 'shell',
        text: wordOf(line, word),
        via: `${call.name} \\write18`,
      })),
    ),
  };
}

function ghostscript(call: Call): Lowering {
  if (wantsHelp(call.args)) return harmless('gs');
  const words = call.args.map((word) => literal(word) ?? '?');
  const outputs = call.args.flatMap((word) => {
    const match = /^-(?:o|sOutputFile=)(.+)$/.exec(literal(word) ?? '');
    return match?.[1] ? [{ ...word, value: { kind: 'known' as const, text: match[1] } }] : [];
  });
  const spaced = call.args.filter((_, index) => literal(call.args[index - 1]) === '-o');
  const pipes = [...outputs, ...spaced].some((word) => /^[|%]/.test(literal(word) ?? ''));
  const code = words.includes('-c') || words.some((word) => /^-dNOSAFER|^-dDELAYSAFER|^--permit/.test(word));
  return {
    effects: [
      ...reads(
        call,
        call.args.filter((word) => /\.(e?ps|pdf)$/i.test(literal(word) ?? '')),
      ),
      ...writes(call, [...outputs, ...spaced]),
      ...(pipes || code || words.includes('?') ? [opaque('gs is given code or more than safe rights')] : []),
      inspect('gs'),
    ],
  };
}

export const mediaPrograms: readonly Program[] = [
  {
    names: ['ffmpeg', 'avconv'],
    lower: ffmpeg,
    examples: {
      allow: ['ffmpeg -i a.mov -vf scale=640:-1 a.mp4', 'ffmpeg -y -i a.wav -b:a 128k /tmp/a.mp3', 'ffmpeg -version'],
      deny: ['ffmpeg -i a.mov ~/.bashrc'],
      unsettled: ['ffmpeg -i a.mov ~/a.mp4', 'ffmpeg -i "$X" "$Y"', 'ffmpeg -i a.mov rtmp://x.example/live'],
    },
  },
  reader(['ffprobe', 'ffplay', 'feh', 'imgcat', 'chafa', 'viu', 'timg'], {
    values: ['-v', '-i', '-show_entries', '-of', '-print_format', '-select_streams', '-f'],
    style: 'words',
    fileOptions: ['-i'],
    examples: { allow: ['ffprobe -v error -show_format a.mp4'] },
  }),
  {
    names: ['convert', 'magick', 'mogrify', 'identify', 'composite', 'montage', 'gm'],
    lower: magick,
    examples: {
      allow: ['convert a.png -resize 50% b.png', 'identify a.png', 'magick a.png b.webp'],
      deny: ['convert a.png ~/.bashrc'],
      unsettled: ['convert msl:x.msl a.png', "convert '|id' a.png", 'convert @list.txt a.png'],
    },
  },
  ...CONVERTERS.map(
    (row): Program => ({ names: row.names, lower: (call) => convert(call, row), examples: row.examples }),
  ),
  {
    names: LATEX,
    lower: latex,
    examples: {
      allow: ['pdflatex paper.tex', 'latexmk -pdf paper.tex', 'bibtex paper'],
      deny: ['pdflatex -output-directory=/etc paper.tex'],
      unsettled: ['pdflatex --shell-escape paper.tex', "latexmk -e 'system(1)' a.tex"],
    },
  },
  {
    names: ['gs', 'ghostscript'],
    lower: ghostscript,
    examples: {
      allow: ['gs -sDEVICE=pdfwrite -o out.pdf in.pdf', 'gs --version'],
      deny: ['gs -sOutputFile=/home/dev/.bashrc a.ps'],
      unsettled: ["gs -c '(id) run'", "gs -o '%pipe%id' a.ps", 'gs -dNOSAFER a.ps'],
    },
  },
];
