<?php

/*
 * Runs in a box: puts back what a candidate did to the state of the program, so that many are tried in one process.
 *
 * Found from the static properties of the project's classes and from global variables inwards: properties of
 * objects. What cannot be put back (static variables of functions, objects of PHP's own classes, settings, files)
 * is looked for in the text of the project's files: then each candidate has a process of its own. What lies deeper
 * is found out by running the unpatched program again.
 */

namespace Goldseam\Screen;

/** What texts of the project say of it. */
final class Habits
{
    private const PROCESSES = '/(?<![>:$\w])(?:proc_open|popen|exec|shell_exec|system|passthru|pcntl_\w+)\s*\(|`/i';
    private const FILES = '/(?<![>:$\w])(?:f(?:open|write|puts)|file_put_contents|unlink|mkdir|rmdir|rename|touch|copy|tempnam|'
        . 'tmpfile|symlink|link|move_uploaded_file|chmod|error_log|Spl(?:Temp)?FileObject|PDO|SQLite3|ZipArchive|Phar(?:Data)?)\s*\(/i';
    private const LASTING = '/(?<![>:$\w])(?:putenv|ini_set|set_(?:error|exception)_handler|setlocale|date_default_timezone_set|'
        . '(?:mt_)?srand|define|chdir|register_shutdown_function|stream_\w+|spl_autoload_\w+|libxml_\w+|error_reporting|ob_\w+|'
        . 'mb_\w*(?:encoding|language|order|character)|bcscale|umask|session_\w+|class_alias|posix_\w+|assert_options|apcu_\w+|'
        . 'shm\w+|sem_\w+|curl_\w+|mysqli\w*|socket_\w+|fsockopen|gc_\w+|set_time_limit|eval|(?:include|require)(?:_once)?\b)/i';
    private const STATIC_VARIABLE = '/(?:^|[;{}])\s*static\s+\$/';
    private const SILENT = [T_COMMENT, T_DOC_COMMENT, T_CONSTANT_ENCAPSED_STRING, T_ENCAPSED_AND_WHITESPACE];

    public bool $startsProcesses = false;
    public bool $writes = false;
    public bool $lasts = false;

    /** What code of the project does when it is called; what a file does when it is read, it did once. */
    public function readFile(string $file): void
    {
        $data = (string) @file_get_contents($file);
        try {
            $source = new Source($data);
        } catch (\ParseError) {
            return;
        }
        $bodies = $outside = '';
        $position = 0;
        foreach ($source->bodies as $body) {
            $outside .= substr($data, $position, $body->start - $position);
            $bodies .= substr($data, $body->start, $body->end - $body->start) . ";\n";
            $position = $body->end;
        }
        $outside .= substr($data, $position);
        $this->read(preg_match('/\b(?:fn|function)\s*&?\s*\(/i', $outside) ? $data : "<?php $bodies");
    }

    public function read(string $text): void
    {
        $text = implode('', array_map(
            static fn (\PhpToken $one): string => $one->is(self::SILENT) ? ' ' : $one->text,
            \PhpToken::tokenize($text),
        ));
        $this->startsProcesses = $this->startsProcesses || preg_match(self::PROCESSES, $text);
        $this->writes = $this->writes || preg_match(self::FILES, $text);
        $this->lasts = $this->lasts || preg_match(self::STATIC_VARIABLE, $text) || preg_match(self::LASTING, $text);
    }
}

/** All that is reached from names of the project; `isWhole` is false where something cannot be put back. */
final class Guard
{
    private const MOST = 5_000;
    private const HARMLESS = [\UnitEnum::class, \Throwable::class, \DateTimeImmutable::class, \DateTimeZone::class, \DateInterval::class];

    public bool $isWhole = true;
    /** @var list<array{\ReflectionProperty, mixed}> */
    private array $statics = [];
    /** @var list<\ReflectionProperty> */
    private array $unset = [];
    private array $globals;
    /** @var array<int, array{object, array}> */
    private array $objects = [];

    /** @param list<mixed> $more values to begin with */
    public function __construct(string $root, array $more)
    {
        foreach (ownClasses($root) as $name) {
            foreach ((new \ReflectionClass($name))->getProperties(\ReflectionProperty::IS_STATIC) as $property) {
                if (!$property->isInitialized()) {
                    $this->unset[] = $property;
                } elseif ($property->getDeclaringClass()->name === $name) {
                    $this->statics[] = [$property, $property->getValue()];
                }
            }
        }
        $this->globals = self::globals();
        $left = [...$more, ...array_column($this->statics, 1), ...array_values($this->globals)];
        while ($left && $this->isWhole) {
            $value = array_pop($left);
            foreach (is_object($value) ? $this->look($value) : (is_array($value) ? $value : []) as $part) {
                if (is_object($part) || is_array($part)) {
                    $left[] = $part;
                }
            }
        }
    }

    /** Remember an object; returns what it holds. */
    private function look(object $value): array
    {
        if (isset($this->objects[spl_object_id($value)])) {
            return [];
        }
        foreach (self::HARMLESS as $kind) {
            if ($value instanceof $kind) {
                return [];
            }
        }
        $held = (array) $value;
        $this->objects[spl_object_id($value)] = [$value, $held];
        if ($value instanceof \Closure) {
            $function = new \ReflectionFunction($value);
            return [$function->getClosureThis(), $function->getStaticVariables()];
        }
        for ($class = new \ReflectionClass($value); $class && !$class->isInternal();) {
            $class = $class->getParentClass();
        }
        $this->isWhole = count($this->objects) < self::MOST && (!$class || $class->name === \stdClass::class);
        return $held;
    }

    /** Put everything back; whether that was possible. */
    public function restore(): bool
    {
        foreach ($this->statics as [$property, $value]) {
            if ($property->getValue() !== $value) {
                $property->setValue(null, $value);
            }
        }
        $now = self::globals();
        if ($now !== $this->globals) {
            foreach (array_diff_key($now, $this->globals) as $name => $_) {
                unset($GLOBALS[$name]);
            }
            foreach ($this->globals as $name => $value) {
                $GLOBALS[$name] = $value;
            }
        }
        foreach ($this->objects as [$object, $held]) {
            if (!$object instanceof \Closure && (array) $object !== $held && !self::putBack($object, $held)) {
                return false;
            }
        }
        return !array_filter($this->unset, static fn (\ReflectionProperty $one): bool => $one->isInitialized());
    }

    private static function putBack(object $object, array $held): bool
    {
        try {
            foreach (array_keys((array) $object + $held) as $key) {
                $parts = explode("\0", (string) $key);
                $scope = count($parts) < 3 || $parts[1] === '*' ? $object::class : $parts[1];
                $isThere = array_key_exists($key, $held);
                $put = function (string $name, mixed $value) use ($isThere): void {
                    if ($isThere) {
                        $this->$name = $value;
                    } else {
                        unset($this->$name);
                    }
                };
                \Closure::bind($put, $object, $scope === 'stdClass' ? null : $scope)(end($parts), $held[$key] ?? null);
            }
        } catch (\Error) {
            return false;
        }
        return (array) $object === $held;
    }

    private static function globals(): array
    {
        $found = [];
        foreach ($GLOBALS as $name => $value) {
            if (!str_starts_with((string) $name, '__PHPUNIT')) {
                $found[$name] = $value;
            }
        }
        return $found;
    }
}

/** @return list<string> names of the project's classes, dependencies aside */
function ownClasses(string $root): array
{
    return array_values(array_filter(
        [...get_declared_classes(), ...get_declared_traits()],
        static fn (string $name): bool => isOwn((string) (new \ReflectionClass($name))->getFileName(), $root),
    ));
}

/** Whether a file lies in the project, dependencies aside. */
function isOwn(string $file, string $root): bool
{
    return str_starts_with($file, "$root/") && !str_contains(substr($file, strlen($root)), '/vendor/');
}
