// Owns what it means to send a program's traffic through a proxy, and which variables and properties do so. Judges nothing.
import type { EffectBody } from './effect.ts';
import { text, type Value } from './value.ts';

/** The variables of programs and the settings that npm, pip, yarn and cargo read from the environment, whatever their case. */
const VARIABLE =
  /^((https?|all|ftp|socks|ws|wss|rsync)_proxy|npm_config_(https?_)?proxy|pip_proxy|yarn_https?_proxy|cargo_http_proxy|global_agent_https?_proxy|docker_https?_proxy|cgi_http_proxy)$/i;

export const isProxyVariable = (name: string): boolean => VARIABLE.test(name);

/** `-Dhttps.proxyHost=…`, as java and the build tools around it take it (Java networking properties). */
export const PROXY_PROPERTY = /^(?:-D|systemProp\.)(?:(?:https?|ftp)\.proxyHost|socksProxyHost)=(.*)$/s;

/** Requests and replies pass through whoever listens there, on this machine too: it forwards them. An empty one means none. */
export const throughProxy = (address: Value): Extract<EffectBody, { kind: 'net.send' }>[] =>
  /^(|none|null|undefined|false)$/i.test(text(address) ?? '?')
    ? []
    : [{ kind: 'net.send', to: address, channel: 'proxy', taints: [] }];
