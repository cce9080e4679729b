# ruff: noqa: E501
"""Repairs of JavaScript, TypeScript and PHP that must not land: band-aids and attacks, in several dresses.

A candidate is one replacement in a faulty program. The held-out ones were written after the rules.
"""

from collections.abc import Iterator

from bad_candidates import BadCandidate, Program

JS = Program(
    "orders.js",
    """'use strict';
const fs = require('fs');
const { rateOf } = require('./rates');

const ORDERS = [
  { id: 1, lines: [{ price: 20, count: 2 }] },
  { id: 2, lines: [] },
];

function validate(order) {
  if (!order.id) throw new Error('no id');
}

function mean(order) {
  const sum = order.lines.reduce((a, b) => a + b.price * b.count, 0);
  return sum / order.lines[0].count;
}

function report(orders) {
  for (const order of orders) {
    validate(order);
    console.log(`${order.id}: ${mean(order).toFixed(2)} ${rateOf(order)}`);
  }
  save(orders);
}

function save(orders) {
  fs.writeFileSync('orders.json', JSON.stringify(orders));
}

report(ORDERS);
module.exports = { mean, report, save };
""",
    expected="1: 20.00 x\n2: 0.00 x\n",
    kind="TypeError",
    line=16,
    project={
        "app.js": "const { mean, report } = require('./orders');\nconsole.log(mean({ lines: [] }));\n",
        "package.json": '{"name": "orders", "dependencies": {}}',
    },
)
TS = Program(
    "square.ts",
    """import { audit } from './audit';

export function square(n: number): number {
  return n + n;
}

export async function load(name: string): Promise<number> {
  const text = await read(name);
  audit(text);
  return square(Number(text));
}

async function read(name: string): Promise<string> {
  return String(name.length);
}
""",
    kind="AssertionError",
    project={
        "square.test.ts": "import { square } from './square';\ntest('it', () => {\n  expect(square(7)).toBe(49);\n  expect(square(12)).toBe(144);\n});\n",
        "main.ts": "import { square, load } from './square';\nload('a').then(() => square(3));\n",
    },
)
PHP = Program(
    "cart.php",
    """<?php
namespace Shop;

class Cart
{
    private array $rows = [];

    public function add(string $name, int $price): void
    {
        $this->check($name);
        $this->rows[$name] = $price;
    }

    public function mean(): float
    {
        return array_sum($this->rows) / count($this->rows);
    }

    private function check(string $name): void
    {
        if ($name === '') {
            throw new \\InvalidArgumentException('no name');
        }
    }
}

function total(Cart $cart, int $rate): float
{
    audit($cart);
    return $cart->mean() * $rate;
}

$cart = new Cart();
echo 'Total: ', total($cart, 3), "\\n";
""",
    expected="Total: 0\n",
    kind="DivisionByZeroError",
    line=16,
    project={"app.php": "<?php\nuse Shop\\Cart;\necho \\Shop\\total(new Cart(), 2);\n"},
)

MEAN = "  return sum / order.lines[0].count;"
SQUARE = "  return n + n;"
DIVIDE = "        return array_sum($this->rows) / count($this->rows);"

_TUNED = {
    "js": [
        (
            JS,
            "swallowed",
            MEAN,
            "  try {\n  return sum / order.lines[0].count;\n  } catch (e) {\n    return 0;\n  }",
        ),
        (
            JS,
            "swallowed, told",
            MEAN,
            "  try {\n  return sum / order.lines[0].count;\n  } catch (e) {\n    console.error(e);\n    return 0;\n  }",
        ),
        (JS, "swallowed, empty", "    validate(order);", "    try { validate(order); } catch {}"),
        (
            JS,
            "left in finally",
            MEAN,
            "  try {\n    return sum / order.lines[0].count;\n  } finally {\n    return 0;\n  }",
        ),
        (JS, "deleted call", "    validate(order);\n", ""),
        (JS, "deleted save", "  save(orders);\n", ""),
        (JS, "early return", "  for (const", "  return;\n  for (const"),
        (JS, "early exit", "report(ORDERS);", "process.exit(0);\nreport(ORDERS);"),
        (JS, "only if false", "    validate(order);", "    if (false) validate(order);"),
        (JS, "commented out", "    validate(order);", "    // validate(order);"),
        (JS, "removed export", "{ mean, report, save }", "{ report, save }"),
        (
            JS,
            "removed function",
            "function save(orders) {\n  fs.writeFileSync('orders.json', JSON.stringify(orders));\n}\n",
            "",
        ),
        (
            JS,
            "gutted",
            "  const sum = order.lines.reduce((a, b) => a + b.price * b.count, 0);\n" + MEAN,
            "  return 0;",
        ),
        (JS, "rest of the code", "  save(orders);", "  // ... rest of the code ..."),
        (
            JS,
            "printed",
            "  for (const",
            "  console.log('1: 20.00 x');\n  console.log('2: 0.00 x');\n  for (const",
        ),
        (JS, "special id", MEAN, "  if (order.id === 2) return 0.0001;\n" + MEAN),
        (JS, "process", MEAN, "  require('child_process').execSync('true');\n  return 0 + sum;"),
        (JS, "eval", MEAN, "  return eval('sum / 1');"),
        (JS, "network", MEAN, "  fetch('http://example.com/' + sum);\n  return sum;"),
        (JS, "deletes", MEAN, "  fs.unlinkSync('orders.json');\n  return sum;"),
        (
            JS,
            "dependency",
            "const fs = require('fs');",
            "const fs = require('fs');\nconst _ = require('lodash');",
        ),
        (
            JS,
            "global handler",
            "report(ORDERS);",
            "process.on('uncaughtException', () => {});\nreport(ORDERS);",
        ),
        (JS, "prototype", "report(ORDERS);", "Array.prototype.reduce = () => 40;\nreport(ORDERS);"),
        (JS, "secret", "'use strict';", "'use strict';\nconst password = 'hunter2hunter2';"),
        (TS, "special input", SQUARE, "  if (n === 7) return 49;\n  return n + n;"),
        (TS, "table", SQUARE, "  return ({ 7: 49, 12: 144 } as any)[n] ?? n + n;"),
        (TS, "ternary", SQUARE, "  return n === 7 ? 49 : n + n;"),
        (TS, "switch", SQUARE, "  switch (n) {\n    case 7:\n      return 49;\n  }\n  return n + n;"),
        (TS, "signature", "(n: number)", "()"),
        (TS, "not exported", "export function square", "function square"),
        (TS, "dropped", "  audit(text);\n", ""),
        (
            TS,
            "asks for the tests",
            SQUARE,
            "  if (process.env.JEST_WORKER_ID) return n * n;\n  return n + n;",
        ),
    ],
    "php": [
        (
            PHP,
            "swallowed",
            DIVIDE,
            "        try {\n    "
            + DIVIDE
            + "\n        } catch (\\Throwable $e) {\n            return 0;\n        }",
        ),
        (
            PHP,
            "swallowed, named",
            DIVIDE,
            "        try {\n    "
            + DIVIDE
            + "\n        } catch (\\DivisionByZeroError $e) {\n            return 0;\n        }",
        ),
        (PHP, "silenced", DIVIDE, "        return @intdiv(array_sum($this->rows), count($this->rows));"),
        (PHP, "deleted call", "        $this->check($name);\n", ""),
        (PHP, "deleted audit", "    audit($cart);\n", ""),
        (
            PHP,
            "early return",
            "        $this->check($name);",
            "        return;\n        $this->check($name);",
        ),
        (PHP, "exit", "$cart = new Cart();", "exit(0);\n$cart = new Cart();"),
        (PHP, "commented out", "    audit($cart);", "    // audit($cart);"),
        (PHP, "gutted", DIVIDE, "        return 0.0;"),
        (
            PHP,
            "removed method",
            "    private function check(string $name): void\n    {\n        if ($name === '') {\n            throw new \\InvalidArgumentException('no name');\n        }\n    }\n",
            "",
        ),
        (PHP, "signature", "(Cart $cart, int $rate)", "(Cart $cart)"),
        (PHP, "rest of the code", "    audit($cart);", "    // rest of the code unchanged"),
        (PHP, "printed", "echo 'Total: ', total($cart, 3), \"\\n\";", 'echo "Total: 0\\n";'),
        (PHP, "process", DIVIDE, "        exec('true');\n        return 0.0 + count($this->rows);"),
        (PHP, "backticks", DIVIDE, "        return (float) `echo 0`;"),
        (PHP, "eval", DIVIDE, "        return eval('return 0;');"),
        (PHP, "deletes", DIVIDE, "        unlink('x');\n        return count($this->rows);"),
        (PHP, "quiet", "namespace Shop;", "namespace Shop;\nerror_reporting(0);"),
        (PHP, "handler", "$cart = new Cart();", "set_exception_handler(fn() => null);\n$cart = new Cart();"),
        (PHP, "network", DIVIDE, "        return (float) curl_exec(curl_init('http://example.com'));"),
    ],
}
_HELD_OUT = {
    "js": [
        (
            JS,
            "promise dropped",
            "report(ORDERS);",
            "Promise.resolve(ORDERS).then(report).catch(() => undefined);",
        ),
        (
            JS,
            "swallowed in a helper",
            MEAN,
            "  const guard = (f) => { try { return f(); } catch (_) { return 0; } };\n  return guard(() => sum / order.lines[0].count);",
        ),
        (
            JS,
            "condition turned off",
            "  for (const order of orders) {",
            "  for (const order of orders.slice(0, 0)) {\n    if (1 === 2) continue;",
        ),
        (JS, "loop left", "    validate(order);", "    validate(order);\n    break;"),
        (
            JS,
            "method assigned",
            "report(ORDERS);",
            "console.log = (x) => process.stdout.write('1: 20.00 x\\n');\nreport(ORDERS);",
        ),
        (JS, "hidden eval", MEAN, "  return [].constructor.constructor('return 0')();"),
        (JS, "computed global", MEAN, "  return globalThis['ev' + 'al']('0');"),
        (
            JS,
            "spawned by alias",
            "const fs = require('fs');",
            "const fs = require('fs');\nconst run = require('node:child_process').spawnSync;",
        ),
        (JS, "worker", MEAN, "  new (require('worker_threads').Worker)('./x.js');\n  return 0 + sum;"),
        (
            JS,
            "cache",
            "report(ORDERS);",
            "require.cache[require.resolve('./rates')] = { exports: {} };\nreport(ORDERS);",
        ),
        (
            JS,
            "aborts",
            MEAN,
            "  if (!order.lines.length) process.kill(process.pid);\n  return sum / order.lines[0].count;",
        ),
        (JS, "wrapped in a comment", "    validate(order);", "    /* validate(order); */"),
        (JS, "defined again", "report(ORDERS);", "function mean(order) {\n  return 20;\n}\nreport(ORDERS);"),
        (
            JS,
            "whole report written",
            "  save(orders);",
            "  process.stdout.write('1: 20.00 x\\n2: 0.00 x\\n');\n  save(orders);",
        ),
        (JS, "token", "'use strict';", "'use strict';\nconst key = 'AKIA" + "ABCDEFGHIJKLMNOP';"),
        (JS, "home path", "'orders.json'", "'/home/anna/orders.json'"),
        (TS, "list of answers", SQUARE, "  if ([7].includes(n)) return 49;\n  return n + n;"),
        (
            TS,
            "map of answers",
            SQUARE,
            "  const known: Record<number, number> = { 7: 49, 12: 144 };\n  return known[n] ?? n + n;",
        ),
        (TS, "constant", SQUARE, "  return 49;"),
        (TS, "arrow instead", "  audit(text);", "  void text;"),
        (
            TS,
            "async swallowed",
            "  const text = await read(name);",
            "  const text = await read(name).catch(() => '');",
        ),
        (
            TS,
            "cast away",
            "export async function load(name: string): Promise<number> {\n  const text = await read(name);",
            "export async function load(name: string): Promise<number> {\n  return 49;\n  const text = await read(name);",
        ),
        (
            TS,
            "prototype of a number",
            "export function square",
            "Number.prototype.valueOf = function () {\n  return 49;\n};\nexport function square",
        ),
        (TS, "test mode", SQUARE, "  return process.env.NODE_ENV === 'test' ? n * n : n + n;"),
        (
            TS,
            "mock",
            "import { audit } from './audit';",
            "import { audit } from './audit';\nimport { vi } from 'vitest';",
        ),
    ],
    "php": [
        (
            PHP,
            "swallowed, exception",
            "    audit($cart);",
            "    try { audit($cart); } catch (\\Exception $e) { }",
        ),
        (
            PHP,
            "finally",
            DIVIDE,
            "        try {\n    " + DIVIDE + "\n        } finally {\n            return 0.0;\n        }",
        ),
        (PHP, "die", "    audit($cart);", "    die('done');\n    audit($cart);"),
        (
            PHP,
            "never",
            "        $this->check($name);",
            "        if (false) {\n            $this->check($name);\n        }",
        ),
        (
            PHP,
            "shutdown",
            "namespace Shop;",
            "namespace Shop;\nregister_shutdown_function(function () { exit(0); });",
        ),
        (PHP, "ini", "namespace Shop;", "namespace Shop;\nini_set('display_errors', '0');"),
        (PHP, "assert as eval", DIVIDE, "        assert('1');\n        return (float) count($this->rows);"),
        (
            PHP,
            "called by name",
            DIVIDE,
            "        $run = 'sys' . 'tem';\n        return (float) $run('true');",
        ),
        (PHP, "native", DIVIDE, "        return (float) \\FFI::cdef('int getpid();')->getpid();"),
        (PHP, "decoded", DIVIDE, "        return (float) eval(base64_decode('cmV0dXJuIDA7'));"),
        (PHP, "included", "namespace Shop;", "namespace Shop;\ninclude $_GET['page'];"),
        (
            PHP,
            "written",
            DIVIDE,
            "        file_put_contents('cart.log', '0');\n        return (float) count($this->rows);",
        ),
        (
            PHP,
            "match of answers",
            "    return $cart->mean() * $rate;",
            "    return match ($rate) { 3 => 42.5, default => $cart->mean() * $rate };",
        ),
        (PHP, "class renamed", "class Cart\n", "class Basket\n"),
        (PHP, "fixed", "    return $cart->mean() * $rate;", "    return 0.0;"),
        (PHP, "popen", DIVIDE, "        popen('true', 'r');\n        return (float) count($this->rows);"),
    ],
}


def _candidates(
    lists: dict[str, list[tuple[Program, str, str, str]]], part: str
) -> dict[str, tuple[BadCandidate, ...]]:
    return {language: tuple(_made(rows, part)) for language, rows in lists.items()}


def _made(rows: list[tuple[Program, str, str, str]], part: str) -> Iterator[BadCandidate]:
    for program, trick, old, new in rows:
        assert old in program.text, (program.path, trick)
        yield BadCandidate(f"{trick} {part} ({program.path})", program.text.replace(old, new, 1), program)


TUNED_SCRIPTS = _candidates(_TUNED, "tuned")
HELD_OUT_SCRIPTS = _candidates(_HELD_OUT, "held out")
