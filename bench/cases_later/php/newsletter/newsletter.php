<?php

declare(strict_types=1);

final class Newsletter
{
    private array $readers = [];

    public function subscribe(string $name, string $mail, string ...$topics): static
    {
        $this->readers[] = ['name' => $name, 'mail' => $mail, 'topics' => $topics]
        return $this;
    }

    /* every address once, in small letters; the topics of doubles are joined */
    public function clean(): int
    {
        foreach ($this->readers as &$reader) {
            $reader['mail'] = strtolower(trim($reader['mail']));
        }
        $kept = [];
        foreach ($this->readers as $reader) {
            $mail = $reader['mail'];
            if (isset($kept[$mail])) {
                $kept[$mail]['topics'] = array_values(array_unique([...$kept[$mail]['topics'], ...$reader['topics']]));
            } else {
                $kept[$mail] = $reader;
            }
        }
        $gone = count($this->readers) - count($kept);
        $this->readers = array_values($kept);
        return $gone;
    }

    public function of(string $topic): array
    {
        return array_values(array_filter($this->readers, function (array $reader) {
            return in_array($topic, $reader['topics'], true);
        }));
    }

    public static function filled(string $text, array $values): string
    {
        $marks = [];
        foreach ($values as $name => $value) {
            $marks['{' . $name . '}'] = (string) $value;
        }
        return str_replace($text, array_keys($marks), array_values($marks));
    }

    /** @return iterable<string, string> text by address */
    public function letters(string $topic, string $text): iterable
    {
        foreach ($this->of($topic) as $reader) {
            yield $reader['mail'] => self::filled($text, ['name' => $reader['name'], 'topic' => $topic]);
        }
    }
}
