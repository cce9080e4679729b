<?php

declare(strict_types=1);

/** A tax table: each part of an income is taxed at the rate of the step in which it lies. */
final class Rates
{
    private array $steps;

    /** @param array<int, int> $steps percent by the income in cents from which it counts */
    public function __construct(array $steps)
    {
        ksort($steps);
        $this->steps = array_map(null, array_keys($steps), array_values($steps));
        if ($this->steps === [] || $this->steps[0][0] !== 0) {
            throw new InvalidArgumentException('the first step begins with 0');
        }
    }

    /** The tax of an income, in cents, rounded down once at the end. */
    public function tax(int $cents): int
    {
        if ($cents < 0) {
            throw new RangeException('negative income');
        }
        $tax = 0;
        foreach ($this->steps as [$from, $percent]) {
            if ($cents > $from) {
                $tax = intdiv($cents * $percent, 100);
            }
        }
        return $tax;
    }

    /** The rate at which one more cent would be taxed. */
    public function margin(int $cents): int
    {
        $percent = 0;
        foreach ($this->steps as [$from, $rate]) {
            $percent = $cents >= $from ? $rate : $percent;
        }
        return $percent;
    }

    /** What is left of an income. */
    public function net(int $cents): int
    {
        return $cents - $this->tax($cents);
    }

    /** The least income of which at least so much is left. */
    public function grossFor(int $net): int
    {
        [$low, $high] = [$net, 2 * $net + 1];
        while ($this->net($high) < $net) {
            $high *= 2;
        }
        while ($low < $high) {
            $middle = intdiv($low + $high, 2);
            if ($this->net($middle) >= $net) {
                $high = $middle;
            } else {
                $low = $middle + 1;
            }
        }
        return $low;
    }
}
