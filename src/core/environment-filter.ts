// Owns which searches through all variables of the environment show none that holds a credential. Reads no environment.
import { providerOfVariable } from './providers.ts';
import { secretVariable } from './sensitive.ts';

/** A variable's name or the beginning of one, with the marks that tie it to its place in the line. */
const NAME = /^\^?\(?[A-Z][A-Z0-9_]*\)?_?=?[$)]?$/i;

/** Variables of these services begin like that, and passwords are among them. */
const STORES =
  /^(db|database|pg|postgres\w*|mysql|maria\w*|mongo\w*|redis|amqp|rabbit\w*|smtp|mail\w*|imap|ldap|auth|jwt|oauth|session|sentry|signing|encrypt\w*|registry|docker)(_|$)/i;

/** `^(NODE_ENV|NPM|PATH)=` finds the variables of just these names. */
const WHOLE_NAMES = /^\^\(([A-Z][A-Z0-9_|]*)\)=$/i;

/** True when a search for this expression finds only variables that are no credentials. */
export function findsNoCredential(expression: string): boolean {
  const whole = WHOLE_NAMES.exec(expression)?.[1]?.split('|');
  if (whole) return whole.every((name) => name.length > 1 && !secretVariable(name) && !STORES.test(name));
  return expression.split(/\\?\|/).every((each) => {
    const name = each.replace(/\W/g, '');
    const credential = secretVariable(name) || providerOfVariable(`${name}_`) !== undefined || STORES.test(name);
    return NAME.test(each) && name.length > 1 && !credential;
  });
}
