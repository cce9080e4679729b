<?php

require __DIR__ . '/permissions.php';

$good = permissions(['roles' => ['guest', 'nobody', 'admin']]) === ['delete', 'invite', 'read']
    && permissions(['roles' => ['admin', 'guest', 'writer']]) === ['delete', 'invite', 'read', 'write']
    && permissions(['roles' => ['writer', 'admin'], 'denied' => ['read', 'invite']]) === ['delete', 'write']
    && may(['roles' => ['guest', 'admin']], 'delete')
    && !may(['roles' => ['guest'], 'granted' => ['x'], 'denied' => ['x']], 'x');
exit($good ? 0 : 1);
