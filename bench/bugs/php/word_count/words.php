<?php

/** How often each word is in a text, the most frequent first, ties in the order of the alphabet. */
function word_counts(string $text): array
{
    preg_match_all('/[a-z]+/', strtolower($text), $found);
    $counts = array_count_values($found[0]);
    uksort($counts, fn ($a, $b) => $counts[$a] <=> $counts[$b] ?: strcmp($a, $b));
    return $counts;
}

/** The longest words of a text, each once, in the order of their coming. */
function longest_words(string $text): array
{
    $longest = [];
    $length = 0;
    foreach (preg_split('/\W+/', $text, -1, PREG_SPLIT_NO_EMPTY) as $word) {
        if (strlen($word) > $length) {
            $longest = [];
            $length = strlen($word);
        }
        if (strlen($word) === $length && !in_array($word, $longest, true)) {
            $longest[] = $word;
        }
    }
    return $longest;
}
