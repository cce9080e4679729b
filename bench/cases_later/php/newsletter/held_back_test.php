<?php

require __DIR__ . '/newsletter.php';

$fails = 0;
$same = function (mixed $wanted, mixed $found) use (&$fails): void {
    $fails += $wanted === $found ? 0 : 1;
};
$letter = (new Newsletter())->subscribe('a', 'A@x', 't')->subscribe('b', 'b@x', 't', 'u')->subscribe('c', 'C@x', 'u');
$same(0, $letter->clean());
$same(['a@x', 'b@x', 'c@x'], array_column([...$letter->of('t'), ...array_slice($letter->of('u'), 1)], 'mail'));
$same(['a@x' => 'a/t/{x}', 'b@x' => 'b/t/{x}'], iterator_to_array($letter->letters('t', '{name}/{topic}/{x}')));
$letter->subscribe('d', ' B@X ', 'v')->subscribe('e', 'c@x', 'u', 'u');
$same(2, $letter->clean());
$same(0, $letter->clean());
$same([['name' => 'b', 'mail' => 'b@x', 'topics' => ['t', 'u', 'v']]], $letter->of('v'));
$same(['u'], $letter->of('u')[1]['topics']);
$same('1-{b}-1', Newsletter::filled('{a}-{b}-{a}', ['a' => 1]));
$same([], (new Newsletter())->of('x'));
exit($fails > 0 ? 1 : 0);
