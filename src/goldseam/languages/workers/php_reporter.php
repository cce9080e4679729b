<?php

/*
 * Runs in a box before the program: PHPUnit, and what runs on it, writes a JUnit report beside what it prints.
 * The command is not changed, only the arguments that the runner reads; one that asks for a report itself keeps it.
 */

namespace Goldseam;

(static function (): void {
    $report = (string) getenv('GOLDSEAM_TEST_REPORT');
    $words = $_SERVER['argv'] ?? [];
    $program = $words ? basename((string) (realpath((string) $words[0]) ?: $words[0])) : '';
    $asks = array_filter($words, static fn ($word): bool => str_starts_with((string) $word, '--log-junit'));
    if ($report === '' || $asks || !preg_match('/^(?:phpunit|pest|paratest)(?:-[\d.]+)?(?:\.phar)?$/', $program)) {
        return;
    }
    array_splice($words, 1, 0, ['--log-junit', $report]);
    $_SERVER['argv'] = $GLOBALS['argv'] = $words;
    $_SERVER['argc'] = $GLOBALS['argc'] = count($words);
})();
