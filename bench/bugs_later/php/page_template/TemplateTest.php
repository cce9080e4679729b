<?php

require_once __DIR__ . '/template.php';

use PHPUnit\Framework\TestCase;

final class TemplateTest extends TestCase
{
    public function testPlain(): void
    {
        $this->assertSame('Hi Ann, 3!', render('Hi {user.name}, {count}!', ['user' => ['name' => 'Ann'], 'count' => 3]));
    }

    public function testEscaped(): void
    {
        $this->assertSame('<b>&lt;i&gt;</b>', render('<b>{x}</b>', ['x' => '<i>']));
    }

    public function testAsItIs(): void
    {
        $this->assertSame('<i>', render('{!x}', ['x' => '<i>']));
    }

    public function testList(): void
    {
        $this->assertSame('<li>a</li><li>b</li>', render('{#items}<li>{.}</li>{/items}', ['items' => ['a', 'b']]));
    }

    public function testListIsEscapedOnce(): void
    {
        $this->assertSame('[a &amp; b]', render('{#items}[{.}]{/items}', ['items' => ['a & b']]));
    }

    public function testMissing(): void
    {
        $this->assertSame('-no', render('{x}-{y}', ['y' => false]));
    }
}
