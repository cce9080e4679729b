<?php

ini_set('zend.assertions', '1');

final class Rate
{
    public function __construct(private float $share)
    {
        if ($share > 1) {
            throw new AssertionError("share $share is over one");
        }
    }
}

new Rate(12);
