<?php

require_once __DIR__ . '/teaser.php';

use PHPUnit\Framework\TestCase;

final class TeaserTest extends TestCase
{
    public function testShort(): void
    {
        $this->assertSame('a b', teaser(" a\n b ", 10));
    }

    public function testWords(): void
    {
        $this->assertSame('one, two…', teaser('one, two, three', 11));
        $this->assertSame('one…', teaser('one two', 4));
    }

    public function testLongWord(): void
    {
        $this->assertSame('abc…', teaser('abcdefgh', 4));
    }

    public function testLetters(): void
    {
        $this->assertSame('äöü', teaser('äöü', 3));
        $this->assertSame('äö…', teaser('äöüß', 3));
    }

    public function testOverview(): void
    {
        $this->assertSame("Öl  | a\nEis | b", overview(['Öl' => 'a', 'Eis' => 'b']));
    }
}
