<?php

set_error_handler(function (int $level, string $message, string $file, int $line): void {
    throw new ErrorException($message, 0, $level, $file, $line);
});

function label(array $item): string
{
    return $item['name'] . ': ' . $item['price'];
}

echo label(['name' => 'tea']);
