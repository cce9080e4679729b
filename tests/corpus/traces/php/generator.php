<?php

function rows(array $lines): Generator
{
    foreach ($lines as $line) {
        [$name, $amount] = explode(',', $line);
        yield $name => intdiv(10, (int) $amount);
    }
}

foreach (rows(['a,1', 'b,0']) as $name => $amount) {
    echo $name, $amount;
}
