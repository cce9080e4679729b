<?php

require __DIR__ . '/permissions.php';

function same(array $expected, array $user): void
{
    $found = permissions($user);
    if ($found !== $expected) {
        echo 'FAILED for ' . json_encode($user) . ': ' . json_encode($found) . "\n";
        exit(1);
    }
}

same([], []);
same(['read', 'write'], ['roles' => ['writer']]);
same(['read'], ['roles' => ['writer'], 'denied' => ['write']]);
same(['export', 'read'], ['roles' => ['guest'], 'granted' => ['export']]);
same(['read', 'write'], ['roles' => ['guest', 'writer']]);
echo "ok\n";
