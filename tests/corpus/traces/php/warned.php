<?php

function first(array $rows)
{
    return $rows[0]['name'];
}

echo first([['id' => 3]]);
exit(1);
