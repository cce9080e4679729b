<?php

require_once __DIR__ . '/template.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testPages(): void
    {
        $wanted = [
            ['{a}{!a}', ['a' => '&'], '&amp;&'],
            ['"{a}"', ['a' => '"\''], '"&quot;&#039;"'],
            ['{a.b}', ['a' => ['b' => '<']], '&lt;'],
            ['{#l}{n}:{!n} {/l}', ['l' => [['n' => '<'], ['n' => '>']]], '&lt;:< &gt;:> '],
            ['{#l}{.}{/l}{a}', ['l' => ['{a}'], 'a' => '<'], '{a}&lt;'],
            ['{#l}{a}{/l}', ['l' => [1, 2], 'a' => '&'], '&amp;&amp;'],
            ['<p>{x}</p>', [], '<p></p>'],
            ['{a}', ['a' => '&amp;'], '&amp;amp;'],
            ['{a}', ['a' => true], 'yes'],
        ];
        foreach ($wanted as [$template, $values, $page]) {
            $this->assertSame($page, render($template, $values));
        }
    }
}
