<?php

require __DIR__ . '/router.php';

$router = new Router();
$all = fn (string ...$values) => json_encode($values);
$router->add('/a/{x}/{y?}/{z?}', $all);
$router->add('/b/{x?}', $all);
$router->add('/c.d/{x}', $all);
$fails = 0;
foreach ([
    '/a/1' => '{"x":"1"}',
    '/a/1/2' => '{"x":"1","y":"2"}',
    '/a/1/2/3' => '{"x":"1","y":"2","z":"3"}',
    '/a/1/2/3/4' => null,
    '/a' => null,
    '/b' => '[]',
    '/b/' => '[]',
    '/b/7' => '{"x":"7"}',
    '/b/0' => '{"x":"0"}',
    '/b/7/8' => null,
    '/bx' => null,
    '/b%2F7' => null,
    '/c.d/e%2Ff' => '{"x":"e\/f"}',
    '/cxd/e' => null,
] as $path => $wanted) {
    $found = $router->call($path);
    if ($found !== $wanted) {
        echo "$path: ", var_export($found, true), "\n";
        $fails++;
    }
}
exit($fails > 0 ? 1 : 0);
