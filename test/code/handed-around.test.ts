// Owns that a module or function with effects is still seen when it is handed through values, parameters and objects.
import { describe, expect, it } from 'vitest';
import { effectsOf } from './effects-of.ts';

const python: readonly string[] = [
  `import json, subprocess
json.loads("1", object_hook=subprocess.Popen)`,
  `from pathlib import Path as P
P.rename(P("a"), "/etc/b")`,
  `import threading, shutil
def f(m): m.copy("a","/etc/b")
threading.Timer(1, f, [shutil]).start()`,
  `import threading, os
def f(m): m("id")
threading.Thread(None, f, None, (os.system,)).start()`,
  `import os
class A:
  f = os.system
A().f("id")`,
  `import os
class A:
  f = staticmethod(os.system)
A.f("id")`,
  `import os
class A:
  def __init__(self, f): self.f = f
  def go(self): self.f("id")
A(os.system).go()`,
  `import os
class A:
  def go(self): return self.m.system("id")
a = A(); a.m = os; a.go()`,
  `import os
d = dict(a=os)
d.get("a").system("id")`,
  `import os
x = {"a": {"b": [os]}}
x["a"]["b"][0].system("id")`,
  `import os
def f(**kw): kw["m"].system("id")
f(m=os)`,
  `import os, copy
copy.copy(os).system("id")`,
  `import os
next(iter([os])).system("id")`,
  `import os
max([os], key=id).system("id")`,
  `import os
print(*[o.system("id") for o in (os,)])`,
  `from contextlib import contextmanager
import os
@contextmanager
def c():
  yield os
with c() as o: o.system("id")`,
  `import os
try:
  raise Exception(os)
except Exception as e:
  e.args[0].system("id")`,
  `import functools, os
@functools.lru_cache
def f(): return os
f().system("id")`,
  `import os
f = lambda: os
f().system("id")`,
  `import os
a = [os]; b = a; b[0].system("id")`,
  `import os
a = []; a += [os]; a[0].system("id")`,
  `import os
a = []; a.extend([os]); a[0].system("id")`,
  `import os
a = {}; a.setdefault("x", os); a["x"].system("id")`,
  `import os
a = [1]; a[0] = os; a[0].system("id")`,
  `import os
from types import SimpleNamespace as S
S(o=os).o.system("id")`,
  `import os
from collections import namedtuple
N = namedtuple("N", "o")
N(os).o.system("id")`,
  `import os, itertools
for o in itertools.chain([os]): o.system("id")`,
  `import os
class A(dict): pass
A(o=os)["o"].system("id")`,
  `import os
def f():
  global g
  g = os.system
f()
g("id")`,
  `import os
def f():
  x = print
  def h():
    nonlocal x
    x = os.system
  h()
  x("id")
f()`,
  `import os
import asyncio
async def f(): return os
async def m(): (await f()).system("id")
asyncio.run(m())`,
  `import os
vars()["os"].system("id")`,
  `import os
async def m():
  p = await __import__("asyncio").create_subprocess_shell("id")
__import__("asyncio").run(m())`,
];

const javascript: readonly string[] = [
  `const o = {cp: require("child_process"), go(){ this.cp.exec("id") }}; o.go()`,
  `var cp = require("child_process"); function f(){ this.cp.exec("id") } f()`,
  `class A { constructor(c){ this.c = c } go(){ this.c.exec("id") } } new A(require("child_process")).go()`,
  `const a = []; a.push(require("child_process")); a[0].exec("id")`,
  `const {a} = {a: require("child_process")}; a.exec("id")`,
  `const f = () => require("child_process"); f().exec("id")`,
  `(async () => { const {exec} = await import("child_process"); exec("id") })()`,
  `Promise.resolve(require("child_process")).then(c => c.exec("id"))`,
  `new Promise(r => r(require("child_process"))).then(c => c.exec("id"))`,
  `[require("child_process")].forEach(c => c.exec("id"))`,
  `Object.entries({c: require("child_process")}).forEach(([k, c]) => c.exec("id"))`,
  `const o = {}; o["c"] = require("child_process"); o.c.exec("id")`,
  `const o = Object.assign({}, {c: require("child_process")}); o.c.exec("id")`,
  `const o = {...{c: require("child_process")}}; o.c.exec("id")`,
  `function F(){ this.c = require("child_process") } new F().c.exec("id")`,
  `class A { c = require("child_process") } new A().c.exec("id")`,
  `class A { static c = require("child_process") } A.c.exec("id")`,
  `let c; c ??= require("child_process"); c.exec("id")`,
  `const c = (1, require)("child_process"); c.exec("id")`,
  `for (const c of [require("child_process")]) c.exec("id")`,
  `const c = [require("child_process")].find(Boolean); c.exec("id")`,
  `module.exports = require("child_process"); module.exports.exec("id")`,
  `exports.a = require("child_process").exec; exports.a("id")`,
  `const c = JSON.parse("{}"); c.x = require("child_process"); c.x.exec("id")`,
  `function f({c}){ c.exec("id") } f({c: require("child_process")})`,
  `function f(c = require("child_process")){ c.exec("id") } f()`,
  `setTimeout(c => c.exec("id"), 1, require("child_process"))`,
  `const s = new Set([require("child_process")]); for (const c of s) c.exec("id")`,
  `Array.prototype.x = 1`,
  `require("fs").promises.rm("/etc", {recursive:true})`,
];

describe('nothing that is handed around is lost', () => {
  it.each(python)('python: %s', (code) => {
    expect(effectsOf('python', code)).not.toEqual([]);
  });
  it.each(javascript)('javascript: %s', (code) => {
    expect(effectsOf('javascript', code)).not.toEqual([]);
  });
});
