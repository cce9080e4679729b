<?php

function page_links(int $current, int $last, int $around = 2): array
{
    $links = [];
    for ($page = 1; $page < $last; $page++) {
        $near = abs($page - $current) <= $around;
        if ($near || $page === 1 || $page === $last) {
            $links[] = (string) $page;
        } elseif (end($links) !== '...') {
            $links[] = '...';
        }
    }
    return $links;
}

function page_url(string $base, int $page): string
{
    $mark = strpos($base, '?') ? '&' : '?';
    return $page === 1 ? $base : $base . $mark . 'page=' . $page;
}
