<?php

require_once __DIR__ . '/teaser.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testTeasers(): void
    {
        $wanted = [
            ['Füße über Äpfel', 15, 'Füße über Äpfel'],
            ['Füße über Äpfel', 14, 'Füße über…'],
            ['Füße über Äpfel', 10, 'Füße über…'],
            ['Füße über Äpfel', 9, 'Füße…'],
            ['Größenänderung', 6, 'Größe…'],
            ['日本語テキスト', 4, '日本語…'],
            ['日本 語テキスト', 4, '日本…'],
            ['é', 1, 'é'],
        ];
        foreach ($wanted as [$text, $most, $shown]) {
            $this->assertSame($shown, teaser($text, $most));
        }
    }

    public function testAlwaysWholeLetters(): void
    {
        $text = 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich';
        for ($most = 1; $most < 70; $most++) {
            $this->assertTrue(mb_check_encoding(teaser($text, $most), 'UTF-8'));
            $this->assertLessThanOrEqual($most, mb_strlen(teaser($text, $most)));
        }
    }

    public function testColumns(): void
    {
        $this->assertSame('über  | x', columns('über', 'x', 6));
        $this->assertSame('über| x', columns('über', 'x', 2));
    }
}
