<?php

ini_set('memory_limit', '8M');

function depth(array $tree): int
{
    return 1 + depth($tree);
}

depth([]);
