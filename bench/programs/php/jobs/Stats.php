<?php

declare(strict_types=1);

namespace Jobs;

final class Stats
{
    public static function summarize(array $results): array
    {
        $lengths = array_map('strlen', $results);
        $total = array_sum($lengths);
        return [
            'count' => count($results),
            'mean' => $total / count($results),
            'longest' => self::longest($results),
        ];
    }

    public static function longest(array $results): string
    {
        $best = '';
        foreach ($results as $result) {
            if (strlen($result) > strlen($best)) {
                $best = $result;
            }
        }
        return $best;
    }
}
