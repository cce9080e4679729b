<?php

function total(array $values): int
{
    return array_summ($values);
}

echo total([1, 2]);
