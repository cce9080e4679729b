<?php

declare(strict_types=1);

// {name} is put in escaped, {!name} as it is, {#list}…{/list} once for each item, as {.}

function escaped(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE);
}

function text(array $values, string $path): string
{
    if ($path === '.') {
        return (string) ($values['.'] ?? '');
    }
    foreach (explode('.', $path) as $key) {
        if (!is_array($values) || !array_key_exists($key, $values)) {
            return '';
        }
        $values = $values[$key];
    }
    return is_bool($values) ? ($values ? 'yes' : 'no') : (string) $values;
}

function render(string $template, array $values): string
{
    $template = preg_replace_callback(
        '/\{#(\w+)\}(.*?)\{\/\1\}/s',
        function (array $found) use ($values): string {
            $items = $values[$found[1]] ?? [];
            $one = fn (mixed $item) => render($found[2], is_array($item) ? $item + $values : ['.' => $item] + $values);
            return escape_braces(implode('', array_map($one, $items)));
        },
        $template,
    );
    $page = preg_replace_callback(
        '/\{(!?)([\w.]+)\}/',
        fn (array $found) => $found[1] === '!' ? text($values, $found[2]) : text($values, $found[2]),
        $template,
    );
    return str_replace("\u{1}", '{', $page);
}

// what a list has put in is finished, whatever it looks like
function escape_braces(string $text): string
{
    return str_replace('{', "\u{1}", $text);
}
