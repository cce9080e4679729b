<?php

class Record
{
    private array $values = [];

    public function __get(string $name)
    {
        return $this->values[$name] ?? throw new OutOfBoundsException("no field $name");
    }

    public function __toString(): string
    {
        return "$this->id";
    }
}

echo new Record();
