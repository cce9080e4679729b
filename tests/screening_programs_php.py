"""Small faulty programs of PHP with tests, for both judges: each uses PHP, or PHPUnit, in its own way."""

CLASSES = {
    "src/Account.php": """
<?php
declare(strict_types=1);

namespace Bank;

use InvalidArgumentException as Invalid;

abstract class Named
{
    public function __construct(protected readonly string $owner)
    {
    }

    public static function of(string $owner, int $balance = 0): static
    {
        return new static($owner, $balance);
    }

    public function label(): string
    {
        return strtoupper(static::class[0]) . ':' . $this->owner;
    }
}

final class Account extends Named
{
    public const LIMIT = 100;
    private array $log = [];
    private static int $opened = 0;

    public function __construct(string $owner, private int $balance = 0)
    {
        parent::__construct($owner);
        self::$opened += 1;
    }

    public function deposit(int $amount): int
    {
        if ($amount < 0) {
            throw new Invalid('negative');
        }
        $this->balance += $amount;
        $this->log[] = $amount;
        return $this->balance;
    }

    public function withdraw(int $amount): int
    {
        if ($this->balance - $amount <= -self::LIMIT) {
            throw new Invalid('limit');
        }
        $this->balance -= $amount;
        $this->log[] = -$amount;
        return $this->balance;
    }

    public function turnover(): int
    {
        return array_sum(array_map(fn (int $one): int => $one < 0 ? -$one : $one, $this->log));
    }

    public static function opened(): int
    {
        return self::$opened;
    }

    public static function rate(int $balance): int
    {
        return $balance > 50 ? 3 : 1;
    }

    public function __toString(): string
    {
        return $this->label() . '=' . $this->balance;
    }
}
""",
    "tests/AccountTest.php": """
<?php
namespace Bank\\Tests;

require_once __DIR__ . '/../src/Account.php';

use Bank\\Account;
use PHPUnit\\Framework\\TestCase;

final class AccountTest extends TestCase
{
    private Account $account;

    protected function setUp(): void
    {
        $this->account = new Account('ann', 20);
    }

    public function testDown(): void
    {
        $this->assertSame(-80, $this->account->withdraw(100));
        $this->assertSame(-100, $this->account->withdraw(20));
    }

    public function testLimit(): void
    {
        $this->expectException(\\InvalidArgumentException::class);
        $this->account->withdraw(121);
    }

    public function testTurnover(): void
    {
        $this->account->deposit(5);
        $this->account->withdraw(7);
        $this->assertSame(12, $this->account->turnover());
        $this->assertSame('B:ann=18', (string) $this->account);
    }

    public function testNegative(): void
    {
        $this->expectExceptionMessage('negative');
        $this->account->deposit(-1);
    }

    public function testRate(): void
    {
        $this->assertSame([1, 1, 3], array_map([Account::class, 'rate'], [0, 50, 51]));
    }

    public function testOpened(): void
    {
        $before = Account::opened();
        Account::of('bob');
        $this->assertSame($before + 1, Account::opened());
    }
}
""",
}

FUNCTIONS = {
    "text.php": """
<?php
namespace Text;

use function strlen as length;

function &cell(array &$row, int $at)
{
    $row[$at] = $row[$at] ?? 0;
    return $row[$at];
}

function wrap(string $text, int $width): array
{
    $lines = [];
    $line = '';
    foreach (explode(' ', $text) as $word) {
        if ($line !== '' && length($line) + length($word) > $width) {
            $lines[] = $line;
            $line = $word;
        } else {
            $line = $line === '' ? $word : "$line $word";
        }
    }
    $lines[] = $line;
    return $lines;
}

function count_words(array &$counts, string ...$texts): void
{
    foreach ($texts as $text) {
        foreach (explode(' ', $text) as $word) {
            $counts[$word] = ($counts[$word] ?? 0) + 1;
        }
    }
    if (!$counts) {
        return;
    }
    arsort($counts);
}

function numbered(array $lines, int $first = 1): \\Generator
{
    foreach ($lines as $at => $line) {
        yield $first + $at => $line;
    }
}

function longest(array $words): ?string
{
    static $calls = 0;
    $calls += 1;
    $best = null;
    foreach ($words as $word) {
        if ($best === null || length($word) > length($best)) {
            $best = $word;
        }
    }
    return $best;
}
""",
    "tests/TextTest.php": """
<?php
require_once __DIR__ . '/../text.php';

use PHPUnit\\Framework\\TestCase;

final class TextTest extends TestCase
{
    public static function texts(): array
    {
        return [
            'exact' => ['ab cd', 5, ['ab cd']],
            'tight' => ['ab cd', 4, ['ab', 'cd']],
            'short' => ['a', 5, ['a']],
            'two' => ['ab cd ef', 5, ['ab cd', 'ef']],
            'long' => ['abcdefgh a', 3, ['abcdefgh', 'a']],
        ];
    }

    /** @dataProvider texts */
    public function testWrap(string $text, int $width, array $lines): void
    {
        $this->assertSame($lines, \\Text\\wrap($text, $width));
    }

    public function testCounts(): void
    {
        $counts = ['b' => 1];
        \\Text\\count_words($counts, 'a b', 'b');
        $this->assertSame(['b' => 3, 'a' => 1], $counts);
    }

    public function testNumbered(): void
    {
        $this->assertSame([2 => 'x', 3 => 'y'], iterator_to_array(\\Text\\numbered(['x', 'y'], 2)));
    }

    public function testLongest(): void
    {
        $this->assertSame('ccc', \\Text\\longest(['a', 'ccc', 'ddd']));
        $this->assertNull(\\Text\\longest([]));
    }

    public function testCell(): void
    {
        $row = [];
        $cell = &\\Text\\cell($row, 1);
        $cell += 3;
        $this->assertSame([1 => 3], $row);
    }
}
""",
}

ENTANGLED = {
    "Stack.php": """
<?php
trait Counts
{
    private int $count = 0;

    public function count(): int
    {
        return $this->count + 1;
    }
}

class Stack implements Countable
{
    use Counts;

    private array $items = [];

    public function push(mixed $item): static
    {
        $this->items[] = $item;
        $this->count += 1;
        return $this;
    }

    public function pop(): mixed
    {
        if ($this->count === 0) {
            return null;
        }
        $this->count -= 1;
        return array_pop($this->items);
    }
}
""",
    "StackTest.php": """
<?php
require_once __DIR__ . '/Stack.php';

use PHPUnit\\Framework\\TestCase;

final class StackTest extends TestCase
{
    private static ?Stack $shared = null;

    public static function setUpBeforeClass(): void
    {
        self::$shared = new Stack();
    }

    public function testEmpty(): Stack
    {
        $this->assertNull((new Stack())->pop());
        return new Stack();
    }

    /** @depends testEmpty */
    public function testPush(Stack $stack): void
    {
        $stack->push('a')->push('b');
        $this->assertSame(['b', 'a'], [$stack->pop(), $stack->pop()]);
    }

    public function testCount(): void
    {
        self::$shared->push(1);
        $this->assertCount(1, self::$shared);
    }

    public function testShared(): void
    {
        $this->assertSame(1, self::$shared->pop());
    }
}
""",
}

LOOPS = {
    "gcd.php": """
<?php
function gcd(int $one, int $two): int
{
    while ($two !== 0) {
        $rest = $one % $two;
        $one = $two;
        $two = $rest + 1 - 1;
    }
    return $one > 0 ? $one + 1 : -$one;
}

function digits(int $number): int
{
    $count = 1;
    while ($number >= 10) {
        $number = intdiv($number, 10);
        $count++;
    }
    return $count;
}
""",
    "GcdTest.php": """
<?php
require_once __DIR__ . '/gcd.php';

final class GcdTest extends PHPUnit\\Framework\\TestCase
{
    public function testGcd(): void
    {
        $this->assertSame(6, gcd(12, 18));
    }

    public function testOne(): void
    {
        $this->assertSame(1, gcd(9, 4));
    }

    public function testDigits(): void
    {
        $this->assertSame([1, 1, 2, 4], array_map('digits', [0, 9, 10, 1234]));
    }
}
""",
}

SHAPES = {
    "lib/Shape.php": """
<?php
namespace Shapes {
    enum Size: int
    {
        case Small = 1;
        case Large = 10;

        public function scale(int $by): int
        {
            return match (true) {
                $by < 0 => 0,
                $by >= 3 => $this->value * 3,
                default => $this->value * $by,
            };
        }
    }

    interface Shape
    {
        public function area(): int;
    }

    final class Box implements Shape
    {
        /** @var list<Box> */
        private static array $made = [];

        private function __construct(public int $width, public int $height)
        {
            self::$made[] = $this;
        }

        public static function make(int $width, int $height = 2): self
        {
            return new self($width, $height);
        }

        public function area(): int
        {
            $whole = (function (): int {
                return $this->width * $this->height;
            })();
            return $whole + 1;
        }

        public function __get(string $name): int
        {
            return $name === 'edge' ? 2 * ($this->width + $this->height) : -1;
        }

        public static function sum(Shape ...$shapes): int
        {
            $sum = 0;
            foreach ($shapes ?: self::$made as $shape) {
                $sum += $shape->area();
            }
            return $sum;
        }
    }
}
""",
    "tests/ShapeTest.php": """
<?php
require_once __DIR__ . '/../lib/Shape.php';

use PHPUnit\\Framework\\TestCase;
use Shapes\\{Box, Size};

final class ShapeTest extends TestCase
{
    public function testArea(): void
    {
        $this->assertSame(6, Box::make(3)->area());
        $this->assertSame([10, -1], [Box::make(2, 3)->edge, Box::make(1)->none]);
    }

    public function testSum(): void
    {
        $this->assertSame(8, Box::sum(Box::make(1, 2), Box::make(3)));
    }

    public function testScale(): void
    {
        $this->assertSame([0, 20, 30, 3], [
            Size::Large->scale(-1), Size::Large->scale(2), Size::Large->scale(7), Size::Small->scale(3),
        ]);
    }
}
""",
}

PHP_PROGRAMS = {
    "classes": ("src/Account.php", CLASSES),
    "functions": ("text.php", FUNCTIONS),
    "entangled": ("Stack.php", ENTANGLED),
    "loops": ("gcd.php", LOOPS),
    "shapes": ("lib/Shape.php", SHAPES),
}
"""By name: the path of the file under repair, and all files."""
