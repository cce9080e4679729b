<?php

class User
{
    public function __construct(public ?object $address = null)
    {
    }

    public function city(): string
    {
        return $this->address->city();
    }
}

echo (new User())->city();
