#!/usr/bin/env python3
import json, os, sys
BASE = tuple(int(x) for x in sys.argv[1].strip('.').split('.'))
STATE, PORTS, GROUP, COLS = sys.argv[2], int(sys.argv[3]), 1, (3, 6, 10)

def load():
    try:
        with open(STATE) as f: return {int(k): v for k, v in json.load(f).items()}
    except FileNotFoundError: return {}
def save(s):
    with open(STATE + '.tmp', 'w') as f: json.dump(s, f)
    os.replace(STATE + '.tmp', STATE)
def value(col, port):
    admin = load().get(port, 1)
    return admin if col == 3 else (3 if admin == 1 else 1) if col == 6 else 4
INST = [BASE + (c, GROUP, p) for c in COLS for p in range(1, PORTS + 1)]
def out(*lines):
    sys.stdout.write(''.join(l + '\n' for l in lines)); sys.stdout.flush()
def emit(o): out('.' + '.'.join(map(str, o)), 'integer', str(value(o[len(BASE)], o[-1])))
def oid(): return tuple(int(x) for x in sys.stdin.readline().strip().strip('.').split('.'))

while True:
    line = sys.stdin.readline()
    if not line: break
    cmd = line.strip()
    if cmd == 'PING': out('PONG')
    elif cmd == 'get':
        o = oid(); emit(o) if o in INST else out('NONE')
    elif cmd == 'getnext':
        o = oid(); n = [i for i in INST if i > o]; emit(n[0]) if n else out('NONE')
    elif cmd == 'set':
        o = oid(); typ, _, val = sys.stdin.readline().strip().partition(' ')
        if o not in INST or o[len(BASE)] != 3: out('not-writable')
        elif typ != 'integer': out('wrong-type')
        elif val not in ('1', '2'): out('wrong-value')
        else:
            s = load(); s[o[-1]] = int(val); save(s); out('DONE')
