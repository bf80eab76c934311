// Owns what Python snippets do by roundabout ways: other names, attributes by text, functions handed on.
import { describe, expect, it } from 'vitest';
import { effectsOf } from './effects-of.ts';

/** Roundabout ways; each must show what it does or be opaque. */
const roundabout: readonly [code: string, effects: readonly string[]][] = [
  [
    `import shutil
r = shutil.rmtree
r("/srv")`,
    ['delete -r /srv'],
  ],
  [
    `from os import system as s
s("id")`,
    ['shell id'],
  ],
  [`__builtins__.exec("1")`, ['opaque']],
  [
    `import os
getattr(os, "sys" + "tem")("id")`,
    ['shell id'],
  ],
  [
    `import os, sys
getattr(os, sys.argv[1])("id")`,
    ['opaque'],
  ],
  [
    `run = lambda f: f("id")
import os
run(os.system)`,
    ['shell id'],
  ],
  [
    `import os
@os.system
def name(): pass`,
    ['shell …'],
  ],
  [`[__import__("os").system("id") for _ in (1,)]`, ['shell id']],
  [`globals()["print"]("x")`, ['opaque']],
  [`__import__("o" + "s").system("id")`, ['shell id']],
  [
    `import os
def outer():
    def inner():
        os.system("id")
    return inner
outer()()`,
    ['shell id'],
  ],
  [
    `if (run := __import__("os").system):
    run("id")`,
    ['shell id'],
  ],
  [
    `from os import *
system("id")`,
    ['opaque'],
  ],
  [
    `import os
class Evil:
    os.system("id")`,
    ['shell id'],
  ],
  [
    `class Meta(type):
    def __new__(cls, *a): pass
class Evil(metaclass=Meta): pass`,
    ['opaque'],
  ],
  [
    `import os
class Evil:
    def __enter__(self): os.system("id")
    def __exit__(self, *a): pass
with Evil(): pass`,
    ['shell id'],
  ],
  [
    `import os
class Evil:
    def __del__(self): os.system("id")
del Evil`,
    ['shell id'],
  ],
  [
    `import os
table = {"safe": print}
table["bad"] = os.system
for key in table:
    table[key]("id")`,
    ['shell id'],
  ],
  [
    `import os
print(f"{os.system('id')!r:>10}")`,
    ['shell id'],
  ],
  [
    `import os
list(map(os.unlink, ["/srv/a", "/srv/b"]))`,
    ['delete {/srv/a | /srv/b}'],
  ],
  [
    `import functools, os
functools.partial(os.system, "id")()`,
    ['shell id'],
  ],
  [
    `import glob
glob.os.system("id")`,
    ['opaque'],
  ],
  [
    `import json
json.loads.__globals__["sys"]`,
    ['opaque'],
  ],
  [`().__class__.__bases__[0].__subclasses__()`, ['opaque']],
  [
    `import pickle
pickle.loads(open("model.pkl", "rb").read())`,
    ['opaque', 'read content model.pkl'],
  ],
  [
    `import ctypes
ctypes.CDLL(None).system(b"id")`,
    ['opaque'],
  ],
  [`eval("__import__('os').system('id')")`, ['shell id']],
  [`exec(input())`, ['opaque']],
  [
    `import os
handler = print
def late(): handler("id")
import atexit
atexit.register(late)
handler = os.system`,
    ['shell id'],
  ],
  [
    `import os
a = b = c = print
for _ in range(9):
    a("id")
    a = b
    b = c
    c = os.system`,
    ['shell id'],
  ],
  [
    `import os
def default(run=os.system): run("id")
default()`,
    ['shell id'],
  ],
  [
    `import os
first, (second, *rest) = 1, (2, os.system)
rest[0]("id")`,
    ['opaque', 'shell id'],
  ],
  [
    `import os
match os:
    case found: found.system("id")`,
    ['opaque'],
  ],
  [
    `import os
def generate():
    yield os.system
for each in generate(): each("id")`,
    ['shell id'],
  ],
  [
    `import threading, os
threading.Thread(target=os.system, args=("id",)).start()`,
    ['shell id'],
  ],
  [
    `import os
sorted([1], key=lambda _: os.system("id"))`,
    ['shell id'],
  ],
  [
    `import json, os
json.loads = os.system
json.loads("id")`,
    ['opaque'],
  ],
  [
    `import os
os.environ["LD_PRELOAD"] = "/tmp/x.so"
import subprocess
subprocess.run(["true"])`,
    ['run LD_PRELOAD=/tmp/x.so true'],
  ],
  [
    `import operator, os
operator.methodcaller("system", "id")(os)`,
    ['opaque'],
  ],
  [
    `# -*- coding: utf-7 -*-
print("x")`,
    ['opaque'],
  ],
  [`ｅｘｅｃ("import os; os.system('id')")`, ['shell id']],
  [
    `import os
def again(n, run):
    if n:
        again(n - 1, os.system)
    run("id")
again(3, print)`,
    ['opaque'],
  ],
  [
    `import yaml
yaml.load(open("x.yml"), Loader=yaml.Loader)`,
    ['opaque', 'read content x.yml'],
  ],
  [
    `import os
vars(os)["system"]("id")`,
    ['opaque'],
  ],
  [
    `import sys
sys.modules["os"].system("id")`,
    ['opaque'],
  ],
  [
    `import importlib
importlib.import_module("subprocess").call(["id"])`,
    ['run id'],
  ],
  [
    `x = 1
x.unlink("/srv")
unknown_name()`,
    ['delete …', 'opaque'],
  ],
];

describe('Python in roundabout ways', () => {
  it.each(roundabout)('%s', (code, effects) => {
    expect(effects.length).toBeGreaterThan(0);
    expect(effectsOf('python', code)).toEqual(effects);
  });

  it('ends where reading a loop over its own elements leads back to itself', () => {
    const code = `def parse(b):
    if b: return None
    return []
for fields in [parse(1)]:
    for n, w, v in fields:
        if isinstance(v, (bytes, bytearray)):
            print(v)`;
    expect(effectsOf('python', code)).toEqual(['opaque']);
  });
});
