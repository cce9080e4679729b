<?php

function settings(string $text): array
{
    return json_decode($text, true, 8, JSON_THROW_ON_ERROR);
}

try {
    settings('{"rate": ');
} catch (JsonException $error) {
    fwrite(STDERR, "settings are unreadable: $error\n");
    exit(1);
}
