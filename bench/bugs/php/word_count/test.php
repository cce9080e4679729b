<?php

require __DIR__ . '/words.php';

function check(bool $holds, string $what): void
{
    if (!$holds) {
        fwrite(STDERR, "FAILED: $what\n");
        exit(1);
    }
}

check(longest_words('an ant and a cat and a dog') === ['ant', 'and', 'cat', 'dog'], 'longest');
check(word_counts('') === [], 'nothing');
check(word_counts('b a') === ['a' => 1, 'b' => 1], 'ties');
check(word_counts('To be or not to be, to') === ['to' => 3, 'be' => 2, 'not' => 1, 'or' => 1], 'counts');
