<?php

/**
 * A title as it may stand in an address: small letters and digits, words with one dash between them.
 *
 * German umlauts are written out (ä as ae, ß as ss). At most $longest signs, cut between words where it can be.
 */
function slug(string $title, int $longest = 60): string
{
    $text = mb_strtolower($title);
    $text = strtr($text, ['ä' => 'ae', 'ö' => 'oe', 'ü' => 'ue', 'ß' => 'ss']);
    $text = trim(preg_replace('/[^a-z0-9]+/', '-', $text), '-');
    if (strlen($text) <= $longest) {
        return $text;
    }
    $cut = substr($text, 0, $longest + 1);
    $dash = strpos($cut, '-');
    return $dash === false ? substr($text, 0, $longest) : substr($cut, 0, $dash);
}
