<?php

function evaluate(string $rule)
{
    return eval("return $rule;");
}

echo evaluate('missing()');
