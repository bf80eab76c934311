// Turns the argv of programs that convert documents and message catalogues into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import type { Program } from '../../core/program.ts';
import { inspect, literal, mustBeKnown, opaque, reads, wantsHelp, writes } from '../kit.ts';

export const documentPrograms: readonly Program[] = [
  {
    names: ['gettext', 'ngettext', 'msgfmt', 'xgettext', 'msgmerge', 'msginit', 'msgcat'],
    lower: (call) => {
      const parsed = parseArgs(call.args, {
        values: [
          '-o --output-file --output',
          '-D --directory',
          '-d --default-domain --domain',
          '-L --language',
          '-k --keyword',
          '-l --locale',
          '-f --files-from',
          '-i --input',
        ],
        optional: ['-U --update'],
      });
      const updated = parsed.has('-U') ? parsed.operands.slice(0, 1) : [];
      return {
        effects: [
          ...reads(call, [...parsed.operands, ...parsed.all('-f', '-i')]),
          ...writes(call, [...parsed.all('-o'), ...updated]),
          ...mustBeKnown(parsed.dynamic, `an option of ${call.name}`),
          inspect(call.name),
        ],
      };
    },
    examples: { allow: ['msgfmt -o build/a.mo a.po', 'xgettext -o a.pot src/a.c'], deny: ['msgfmt -o ~/.bashrc a.po'] },
  },
  {
    names: ['pandoc'],
    lower: (call) => {
      if (wantsHelp(call.args)) return { effects: [inspect('pandoc')] };
      const parsed = parseArgs(call.args, {
        flags: [
          '-s --standalone',
          '-N --number-sections',
          '--toc --table-of-contents',
          '--embed-resources --self-contained',
          '--list-input-formats',
          '--list-output-formats',
          '--list-extensions',
          '--citeproc',
          '-C',
          '--verbose',
          '--quiet',
          '--sandbox',
          '-p',
          '--no-highlight',
          '-i --incremental',
        ],
        values: [
          '-o --output',
          '-f --from -r --read',
          '-t --to -w --write',
          '-M --metadata',
          '-V --variable',
          '--template',
          '-H --include-in-header',
          '-B --include-before-body',
          '-A --include-after-body',
          '--css -c',
          '--bibliography',
          '--csl',
          '--metadata-file',
          '--columns',
          '--reference-doc',
          '--highlight-style',
          '--toc-depth',
          '--resource-path',
          '-F --filter',
          '-L --lua-filter',
          '--pdf-engine',
          '--pdf-engine-opt',
          '--extract-media',
          '-d --defaults',
          '--data-dir',
          '--log',
          '--shift-heading-level-by',
          '--wrap',
          '--syntax-definition',
          '--track-changes',
          '--print-default-template',
          '-D',
        ],
        abbreviations: false,
      });
      return {
        effects: [
          ...reads(call, [
            ...parsed.operands,
            ...parsed.all('--template', '-H', '-B', '-A', '--metadata-file', '--bibliography'),
          ]),
          ...writes(call, parsed.all('-o', '--log', '--extract-media')),
          ...(parsed.has('-F', '-L', '-d', '--data-dir', '--pdf-engine-opt')
            ? [opaque('a filter or settings file of pandoc is not read')]
            : []),
          ...(/^(x?e?latex|pdflatex|xelatex|lualatex|tectonic|typst|wkhtmltopdf|weasyprint|context|prince)$/.test(
            literal(parsed.value('--pdf-engine')) ?? 'xelatex',
          )
            ? []
            : [opaque('the engine of pandoc is not known')]),
          ...mustBeKnown(parsed.dynamic, 'an option of pandoc'),
          inspect('pandoc'),
        ],
      };
    },
    examples: {
      allow: ['pandoc README.md -o out.html', 'pandoc -f markdown -t html a.md'],
      deny: ['pandoc a.md -o ~/.bashrc'],
      unsettled: ['pandoc -F ./x a.md', 'pandoc --lua-filter=x.lua a.md'],
    },
  },
];
