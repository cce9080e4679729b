<?php

/** All pairings so that everybody meets everybody once, in rounds; with an odd number one rests each round. */
function rounds(array $teams): array
{
    if (count($teams) % 2 === 1) {
        $teams[] = null;
    }
    $count = count($teams);
    $rounds = [];
    for ($round = 0; $round < $count; $round++) {
        $pairs = [];
        for ($at = 0; $at < $count / 2; $at++) {
            $home = $teams[$at];
            $guest = $teams[$count - $at];
            if ($home !== null && $guest !== null) {
                $pairs[] = [$home, $guest];
            }
        }
        $rounds[] = $pairs;
        $last = array_pop($teams);
        array_splice($teams, 1, 0, [$last]);
    }
    return $rounds;
}

/** Points of each team: 2 for a win, 1 for a draw; results are `[home, guest, goals, against]`. */
function points(array $results): array
{
    $points = [];
    foreach ($results as [$home, $guest, $goals, $against]) {
        $points[$home] += match ($goals <=> $against) { 1 => 2, 0 => 1, -1 => 0 };
        $points[$guest] += match ($against <=> $goals) { 1 => 2, 0 => 1, -1 => 0 };
    }
    asort($points);
    return $points;
}
