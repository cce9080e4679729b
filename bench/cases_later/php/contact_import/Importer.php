<?php

declare(strict_types=1);

require_once __DIR__ . '/Contact.php';

final class Importer
{
    public array $problems = [];

    private function rows(string $text): array
    {
        $lines = array_values(array_filter(preg_split('/\R/', $text), fn ($line) => trim($line) !== ''));
        $names = array_map(trim(...), explode(';', array_shift($lines) ?? ''));
        $rows = [];
        foreach ($lines as $line) {
            $values = explode(';', $line);
            // short lines are filled up, what is too much is left out
            $rows[] = array_combine($names, $values);
        }
        return $rows;
    }

    /** @return Contact[] by address */
    public function read(string $text): array
    {
        $found = [];
        $contact = new Contact();
        foreach ($this->rows($text) as $at => $row) {
            $values = [
                'name' => trim($row['name'] ?? ''),
                'mail' => strtolower(trim($row['mail'] ?? '')),
                'tags' => array_values(array_filter(array_map(trim(...), explode(',', $row['tags'] ?? '')))),
            ];
            $contact->fill($values);
            if (!$contact->isValid()) {
                $this->problems[] = 'row ' . ($at + 1);
                continue;
            }
            if (isset($found[$contact->email])) {
                $contact->tags = array_values(array_unique([...$found[$contact->email]->tags, ...$contact->tags]));
            }
            $found[$contact->email] = $contact;
        }
        return $found;
    }

    public function tagged(array $contacts, string $tag): array
    {
        return array_values(array_map(fn ($one) => $one->name, array_filter($contacts, fn ($one) => in_array($tag, $one->tags, true))));
    }
}
