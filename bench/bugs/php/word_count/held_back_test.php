<?php

require __DIR__ . '/words.php';

$found = word_counts(str_repeat('x ', 5) . str_repeat('y ', 12) . str_repeat('a ', 5) . 'q');
exit($found === ['y' => 12, 'a' => 5, 'x' => 5, 'q' => 1] ? 0 : 1);
