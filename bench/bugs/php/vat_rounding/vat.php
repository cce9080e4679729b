<?php

/**
 * Net, tax and gross of prices that include the tax, in cents.
 *
 * The net is rounded half up, and tax and net together are the gross.
 *
 * @param int[] $gross
 */
function split_gross(array $gross, int $percent): array
{
    $sum = array_sum($gross);
    $net = (int) ($sum * 100 / (100 + $percent));
    return ['net' => $net, 'tax' => $sum - $net, 'gross' => $sum];
}

function money(int $cents): string
{
    return number_format($cents / 100, 2, ',', '.') . ' EUR';
}
