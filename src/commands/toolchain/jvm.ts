// Turns the argv of java and of the build tools of its family into effects; knows nothing of policy.
import { parseArgs } from '../../core/options.ts';
import { type Call, defineProgram, type EffectDraft, type Lowering, type Program } from '../../core/program.ts';
import { at, harmless, literal, opaque, proxyProperties } from '../kit.ts';
import { wordOf } from '../words.ts';
import { runsProject } from './kit.ts';
import { defineVerbs } from './verbs.ts';

function java(call: Call): Lowering {
  const parsed = parseArgs(call.args, {
    values: ['-cp', '-classpath', '--class-path', '-p', '--module-path', '-jar', '-m', '--module', '--add-modules'],
    style: 'posix',
  });
  if (call.args.some((word) => /^-{1,2}version$/.test(literal(word) ?? ''))) return harmless('java -version');
  const agents = call.args.filter((word) =>
    /^-(javaagent|agentpath|agentlib|Xbootclasspath)/.test(literal(word) ?? ''),
  );
  const jar = parsed.value('-jar');
  const target = jar ?? parsed.operands[0];
  const effects: EffectDraft[] = [
    ...agents.map((word) => opaque('java loads an agent', word.span)),
    ...proxyProperties(call),
  ];
  if (jar && /(^|\/)bfg(-[\w.]+)?\.jar$/.test(literal(jar) ?? ''))
    return { effects, runs: [{ kind: 'argv', argv: [wordOf('bfg', jar), ...parsed.operands], via: 'java -jar' }] };
  if (jar)
    return {
      effects,
      runs: [{ kind: 'file', path: at(call, jar), language: 'unknown', via: 'java -jar', span: jar.span }],
    };
  if (target && /\.java$/.test(literal(target) ?? ''))
    return {
      effects,
      runs: [{ kind: 'file', path: at(call, target), language: 'unknown', via: 'java', span: target.span }],
    };
  return { effects: [...effects, runsProject('java', call)] };
}

export const jvmPrograms: readonly Program[] = [
  defineVerbs({
    names: ['mvn', 'mvnw', 'mvnd'],
    options: {
      values: ['-f --file', '-pl --projects', '-P', '-s --settings', '-gs', '-T', '-l', '-rf', '-t'],
      style: 'words',
    },
    look: 'dependency:tree|dependency:analyze|help:effective-pom|versions:display-dependency-updates|help:evaluate',
    publish:
      'deploy|deploy:deploy|deploy:deploy-file|release:perform|release:prepare|nexus-staging:release|central-publishing:publish',
    otherwise: 'task',
    tasks: true,
    bare: 'build',
    examples: { allow: ['mvn -q test', './mvnw clean package -DskipTests', 'mvn verify'], deny: ['mvn deploy'] },
  }),
  defineVerbs({
    names: ['gradle', 'gradlew', 'gradlew.bat'],
    options: {
      values: [
        '-p --project-dir',
        '-b --build-file',
        '-c --settings-file',
        '-I --init-script',
        '-x --exclude-task',
        '--max-workers',
        '-g --gradle-user-home',
        '--tests',
        '--console',
      ],
      style: 'gnu',
    },
    loads: ['-b', '-I', '-c'],
    publish:
      'publish|publishToSonatype|publishPlugins|uploadArchives|closeAndReleaseRepository|publishAllPublicationsToMavenCentralRepository',
    otherwise: 'task',
    tasks: true,
    bare: 'build',
    examples: {
      allow: ['./gradlew build', './gradlew publishToMavenLocal', 'gradle :app:test --tests Foo'],
      deny: ['./gradlew publish', './gradlew :lib:publishToMavenCentral'],
      unsettled: ['gradle -I /tmp/x.gradle build', 'gradle -Dhttps.proxyHost=127.0.0.1 build'],
    },
  }),
  defineVerbs({
    names: [
      'sbt',
      'mill',
      'ant',
      'leiningen',
      'lein',
      'clj',
      'clojure',
      'scala',
      'scala-cli',
      'kotlin',
      'groovy',
      'jbang',
      'bloop',
      'amper',
    ],
    publish: 'publish|publishSigned|release|deploy|sonatypeRelease|sonatypeBundleRelease',
    otherwise: 'task',
    tasks: true,
    bare: 'build',
    examples: {
      allow: ['sbt test', 'sbt publishLocal', 'lein test'],
      deny: ['sbt publish'],
      unsettled: ["clojure -e '(f)'", "sbt 'eval f'", 'ant -f /tmp/build.xml'],
    },
  }),
  defineProgram({
    names: ['java'],
    lower: java,
    examples: {
      allow: ['java -version', 'java -jar build/libs/app.jar', 'java -cp build/classes Main'],
      deny: ['java -jar bfg.jar --delete-files id_rsa'],
      unsettled: [
        'java -Dhttps.proxyHost=192.0.2.1 -jar build/libs/app.jar',
        'java -jar /tmp/x.jar',
        'java -javaagent:/tmp/x.jar Main',
      ],
    },
  }),
];
