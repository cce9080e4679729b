<?php

function load(string $name): array
{
    return require __DIR__ . "/$name.php";
}

load('settings');
