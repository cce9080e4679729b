<?php

/**
 * The beginning of a text, at most `$most` letters long, with an ellipsis (one of these letters) where something
 * is left out. It ends with a whole word, unless the first word alone is too long.
 */
function teaser(string $text, int $most): string
{
    $text = trim(preg_replace('/\s+/u', ' ', $text));
    if (strlen($text) <= $most) {
        return $text;
    }
    $cut = substr($text, 0, $most - 1);
    $space = strrpos($cut, ' ');
    $next = substr($text, strlen($cut), 1);
    if ($next !== ' ' && $space !== false) {
        $cut = substr($cut, 0, $space);
    }
    return rtrim($cut, ' ,.;') . '…';
}

/** A line of two columns: the left one is filled up with spaces to `$width` letters. */
function columns(string $left, string $right, int $width): string
{
    $wide = str_pad($left, $width);
    return "$wide| $right";
}

/** A list of articles, `title => text`, with their teasers. */
function overview(array $articles, int $most = 20): string
{
    $width = max([0, ...array_map('mb_strlen', array_keys($articles))]) + 1;
    $lines = [];
    foreach ($articles as $title => $text) {
        $lines[] = columns($title, teaser($text, $most), $width);
    }
    return implode("\n", $lines);
}
