<?php

require __DIR__ . '/tasks.php';

function same(mixed $wanted, mixed $found, string $what): void
{
    if ($wanted !== $found) {
        echo "$what: wanted ", json_encode($wanted), ', found ', json_encode($found), "\n";
        exit(1);
    }
}

$tasks = (new TaskList())->add('wash', ['home'])->add('cook', ['home', 'fun'])->add('read', ['fun']);
same('["wash","cook","read"]', $tasks->json(), 'all');
same('wash', $tasks->next(), 'next');
same(false, $tasks->finish('fly'), 'unknown');
same(true, $tasks->finish('wash'), 'finish');
same('["cook","read"]', $tasks->json(), 'without the first');
same('cook', $tasks->next(), 'next of the rest');
echo "ok\n";
