<?php

function discount($price)
{
    return $price * $rate;
}

echo discount(10);
exit(1);
