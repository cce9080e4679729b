<?php

class StoreError extends RuntimeException
{
}

function connect(): void
{
    throw new InvalidArgumentException('no host');
}

function load(): void
{
    try {
        connect();
    } catch (InvalidArgumentException $error) {
        throw new StoreError('the store is closed', 7, $error);
    }
}

function report(): void
{
    try {
        load();
    } catch (StoreError $error) {
        throw new LogicException("report failed:\nno rows", 0, $error);
    }
}

report();
