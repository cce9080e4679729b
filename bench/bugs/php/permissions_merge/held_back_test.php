<?php

require __DIR__ . '/permissions.php';

$all = ['delete', 'invite', 'read', 'write'];
$good = permissions(['roles' => ['guest', 'nobody', 'admin']]) === $all
    && permissions(['roles' => ['admin', 'guest', 'writer']]) === $all
    && permissions(['roles' => ['writer', 'admin'], 'denied' => ['read', 'invite']]) === ['delete', 'write']
    && may(['roles' => ['guest', 'admin']], 'delete')
    && !may(['roles' => ['guest'], 'granted' => ['x'], 'denied' => ['x']], 'x');
exit($good ? 0 : 1);
