<?php

require_once __DIR__ . '/Importer.php';

use PHPUnit\Framework\TestCase;

final class ImporterTest extends TestCase
{
    public function testOne(): void
    {
        $found = (new Importer())->read("name;mail;tags\nAnn;Ann@X.org;a,b");
        $this->assertSame(['a', 'b'], $found['ann@x.org']->tags);
    }

    public function testTwo(): void
    {
        $found = (new Importer())->read("name;mail\nAnn;a@x.org\nBob;b@x.org");
        $this->assertSame(['Ann', 'Bob'], array_column($found, 'name'));
    }

    public function testShortLine(): void
    {
        $importer = new Importer();
        $found = $importer->read("name;mail;tags\nAnn\nBob;b@x.org\n");
        $this->assertSame(['b@x.org'], array_keys($found));
        $this->assertSame(['row 1'], $importer->problems);
    }

    public function testTwice(): void
    {
        $importer = new Importer();
        $found = $importer->read("name;mail;tags\nAnn;a@x.org;x\nAnna;A@x.org;y,x");
        $this->assertSame(['x', 'y'], $found['a@x.org']->tags);
        $this->assertSame(['Anna'], $importer->tagged($found, 'y'));
    }

    public function testNothing(): void
    {
        $this->assertSame([], (new Importer())->read(''));
    }
}
