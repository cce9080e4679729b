<?php

require_once __DIR__ . '/Cache.php';

use PHPUnit\Framework\TestCase;

final class CacheTest extends TestCase
{
    public function testKept(): void
    {
        $cache = new Cache();
        $cache->set('a', 1);
        $this->assertSame(1, $cache->get('a'));
        $this->assertSame('none', $cache->get('b', 'none'));
    }

    public function testRunsOut(): void
    {
        $now = 100;
        $cache = new Cache(function () use (&$now) { return $now; });
        $cache->set('a', 1, 10);
        $now = 109;
        $this->assertTrue($cache->has('a'));
        $now = 110;
        $this->assertFalse($cache->has('a'));
    }

    public function testNullIsComputedOnce(): void
    {
        $cache = new Cache();
        $this->assertNull($cache->remember('a', null, fn () => null));
        $this->assertNull($cache->remember('a', null, fn () => null));
        $this->assertSame(1, $cache->computed);
    }

    public function testRemember(): void
    {
        $cache = new Cache();
        $this->assertSame(5, $cache->remember('a', 60, fn () => 5));
        $this->assertSame(5, $cache->remember('a', 60, fn () => 6));
    }
}
