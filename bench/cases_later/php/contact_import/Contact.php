<?php

declare(strict_types=1);

final class Contact
{
    public string $name = '';
    public string $email = '';
    public array $tags = [];

    public function fill(array $values): self
    {
        $this->name = $values['name'];
        $this->email = $values['email'];
        $this->tags = $values['tags'];
        return $this;
    }

    public function isValid(): bool
    {
        return $this->name !== '' && filter_var($this->email, FILTER_VALIDATE_EMAIL) !== false;
    }
}
