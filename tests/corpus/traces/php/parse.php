<?php

function total(array $values)
{
    return array_sum($values;
}
