<?php

require __DIR__ . '/tasks.php';

$tasks = (new TaskList())->add('a', ['x'])->add('b', ['y'])->add('c', ['x', 'y'])->add('a');
$fails = 0;
$check = function (mixed $wanted, mixed $found) use (&$fails): void {
    $fails += $wanted === $found ? 0 : 1;
};
$titles = fn (array $found) => array_column($found, 'title');
$check([0, 1], array_keys($tasks->tagged('y')));
$check(['b', 'c'], $titles($tasks->tagged('y')));
$check([], $tasks->tagged('z'));
$tasks->finish('a');
$check(['b', 'c', 'a'], $titles($tasks->open()));
$check([0, 1, 2], array_keys($tasks->open()));
$tasks->finish('c');
$check('["b","a"]', $tasks->json());
$tasks->finish('b');
$check('a', $tasks->next());
$tasks->finish('a');
$check(null, $tasks->next());
$check('[]', $tasks->json());
exit($fails === 0 ? 0 : 1);
