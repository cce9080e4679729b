<?php

spl_autoload_register(function (string $class): void {
    if ($class !== 'Shop\Basket') {
        return;
    }
    require __DIR__ . '/lib/Basket.php';
});

echo (new Shop\Basket([2, 'x']))->total();
