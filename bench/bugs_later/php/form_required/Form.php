<?php

/* A form: rules by field, "required|int|max:20" */
final class Form
{
    private array $errors = [];

    public function __construct(private array $rules)
    {
    }

    public function check(array $input): array
    {
        $this->errors = [];
        $clean = [];
        foreach ($this->rules as $field => $rules) {
            $value = $this->trimmed($input[$field] ?? null);
            foreach (explode('|', $rules) as $rule) {
                $error = $this->broken($rule, $value);
                if ($error !== null) {
                    $this->errors[$field] = $error;
                    break;
                }
            }
            if (!isset($this->errors[$field])) {
                $clean[$field] = str_contains($rules, 'int') && $value !== null && $value !== '' ? (int) $value : $value;
            }
        }
        return $clean;
    }

    public function errors(): array
    {
        return $this->errors;
    }

    private function trimmed(mixed $value): mixed
    {
        return is_string($value) ? trim($value) : $value;
    }

    private function broken(string $rule, mixed $value): ?string
    {
        [$rule, $limit] = explode(':', $rule) + [1 => null];
        if ($rule === 'required' && empty($value)) {
            return 'is missing';
        }
        if ($value === null || $value === '') {
            return null;
        }
        return match ($rule) {
            'int' => preg_match('/^-?\d+$/', (string) $value) ? null : 'is no number',
            'max' => mb_strlen((string) $value) <= (int) $limit ? null : "is longer than $limit",
            default => null,
        };
    }
}
