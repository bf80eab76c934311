// Turns the shells of a Hadoop file system into effects: what they list, open, change and remove there. Knows no policy.
import type { EffectDraft, Program } from '../../core/program.ts';
import { known } from '../../core/value.ts';
import { harmless, literal, opaque } from '../kit.ts';
import { mentionsProduction } from './verbs.ts';

const LOOKS =
  /^-(ls|lsr|cat|text|du|dus|df|stat|count|test|tail|head|find|checksum|getfacl|getfattr|help|usage|report|fsck|printTopology|version)$/;
const REMOVES = /^-(rm|rmr|rmdir|expunge|truncate|deleteSnapshot|format)$/;
const GRANTS = /^-(chmod|chown|chgrp|setfacl|setfattr|allowSnapshot)$/;
const CHANGES =
  /^-(put|get|copyFromLocal|copyToLocal|moveFromLocal|moveToLocal|appendToFile|cp|mv|mkdir|touch|touchz|setrep|concat|getmerge|createSnapshot|renameSnapshot)$/;

export const hadoop: Program = {
  names: ['hdfs', 'hadoop'],
  lower: (call) => {
    const words = call.args.map(literal);
    const [group] = words;
    if (group === undefined || /^(version|classpath|-version|--help|getconf|checknative|envvars)$/.test(group))
      return call.args.length > 0 && group === undefined
        ? { effects: [opaque(`the ${call.name} command is not known`)] }
        : harmless(`${call.name} ${group ?? 'help'}`);
    if (!/^(dfs|fs|dfsadmin|fsck|namenode)$/.test(group))
      return { effects: [opaque(`what ${call.name} ${group} does is not known`)] };
    if (group === 'fsck') return harmless('hdfs fsck');
    const index = words.findIndex((word) => /^-[a-zA-Z]+$/.test(word ?? '') && word !== '-D' && word !== '-fs');
    const verb = words[index] ?? '';
    const target = call.args.slice(index + 1).find((word) => literal(word)?.startsWith('-') !== true);
    const change = (action: 'update' | 'delete' | 'grant'): EffectDraft => ({
      kind: 'cloud',
      provider: 'hadoop',
      service: group,
      operation: verb.replace(/^-/, ''),
      action,
      target: target?.value ?? known(''),
      ...(action === 'delete' ? { mass: true } : {}),
      ...(mentionsProduction(call.args) ? { production: true } : {}),
    });
    if (LOOKS.test(verb)) return harmless(`${call.name} ${group} ${verb}`);
    if (REMOVES.test(verb)) return { effects: [change('delete')] };
    if (GRANTS.test(verb)) return { effects: [change('grant')] };
    return {
      effects: [
        CHANGES.test(verb) || group === 'dfsadmin'
          ? change('update')
          : opaque(`what ${call.name} ${verb} does is not known`),
      ],
    };
  },
  examples: {
    allow: ['hdfs dfs -ls /shop', 'hadoop fs -du -h /shop', 'hadoop version'],
    deny: [
      'hdfs dfs -rm -r -skipTrash /shop/old',
      'hadoop fs -rmr /shop',
      'hdfs namenode -format',
      'hdfs dfs -chmod -R 777 /shop',
    ],
    unsettled: ['hdfs dfs -put a.csv /shop/', 'hdfs balancer', 'hadoop jar job.jar'],
  },
};
