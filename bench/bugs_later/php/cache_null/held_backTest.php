<?php

require_once __DIR__ . '/Cache.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testFalsyValues(): void
    {
        $cache = new Cache(fn () => 0);
        foreach ([null, false, 0, '', '0', []] as $at => $value) {
            $cache->set("k$at", $value, 5);
            $this->assertTrue($cache->has("k$at"));
            $this->assertSame($value, $cache->get("k$at", 'none'));
        }
        $this->assertSame(0, $cache->prune());
    }

    public function testNullRunsOut(): void
    {
        $now = 0;
        $cache = new Cache(function () use (&$now) { return $now; });
        $cache->set('short', null, 1);
        $cache->set('ever', null);
        $cache->set('long', 'x', 100);
        $now = 1;
        $this->assertFalse($cache->has('short'));
        $this->assertSame('d', $cache->get('short', 'd'));
        $this->assertNull($cache->get('ever', 'd'));
        $now = 99;
        $this->assertSame(1, $cache->prune());
        $this->assertSame('x', $cache->get('long'));
        $now = 1000000;
        $this->assertSame(1, $cache->prune());
        $this->assertTrue($cache->has('ever'));
        $this->assertSame('y', $cache->remember('long', null, fn () => 'y'));
        $this->assertSame(1, $cache->computed);
    }

    public function testNoTimeAtAll(): void
    {
        $cache = new Cache(fn () => 7);
        $cache->set('a', 1, 0);
        $this->assertFalse($cache->has('a'));
    }
}
