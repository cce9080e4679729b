<?php

const ROLES = [
    'guest' => ['read'],
    'writer' => ['write', 'read'],
    'admin' => ['delete', 'invite', 'read'],
];

/**
 * What a user may do: what each of the roles allows, what is granted to the user alone, and nothing that is
 * denied to the user. Unknown roles allow nothing. Every permission once, in the order of the alphabet.
 */
function permissions(array $user): array
{
    $found = [];
    foreach ($user['roles'] ?? [] as $role) {
        $found += ROLES[$role] ?? [];
    }
    $found = array_merge($found, $user['granted'] ?? []);
    $found = array_unique(array_diff($found, $user['denied'] ?? []));
    sort($found);
    return $found;
}

function may(array $user, string $permission): bool
{
    return in_array($permission, permissions($user), true);
}
