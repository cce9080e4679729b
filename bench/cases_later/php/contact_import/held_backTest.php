<?php

require_once __DIR__ . '/Importer.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testManyRows(): void
    {
        $importer = new Importer();
        $text = "mail; name ;tags\r\nc@x.org;Cid;t;more;columns\r\n\r\nbad;Dan;t\nE@x.org; Eve \n;;\nc@x.org;Cyd; u ,,t\n";
        $found = $importer->read($text);
        $this->assertSame(['c@x.org', 'e@x.org'], array_keys($found));
        $this->assertSame(['Cyd', 'Eve'], array_values(array_map(fn ($one) => $one->name, $found)));
        $this->assertSame(['t', 'u'], $found['c@x.org']->tags);
        $this->assertSame([], $found['e@x.org']->tags);
        $this->assertSame(['row 2', 'row 4'], $importer->problems);
        $this->assertNotSame($found['c@x.org'], $found['e@x.org']);
    }

    public function testTagged(): void
    {
        $importer = new Importer();
        $found = $importer->read("name;mail;tags\nA;a@x.org;t\nB;b@x.org;u\nC;c@x.org;u,t");
        $this->assertSame(['A', 'C'], $importer->tagged($found, 't'));
        $this->assertSame([], $importer->tagged($found, 'v'));
    }

    public function testNoColumns(): void
    {
        $importer = new Importer();
        $this->assertSame([], $importer->read("x\n1\n2"));
        $this->assertSame(['row 1', 'row 2'], $importer->problems);
    }
}
